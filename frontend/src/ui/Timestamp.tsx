import { useFormat } from '#lib/FormatContext';
import { useNow } from '#lib/useNow';

/** An instant, absolute; `relative` shows how long ago and `short` leaves the year out, both with the whole as their title. */
export function Timestamp(props: { at: string; relative?: boolean; short?: boolean; dateOnly?: boolean }) {
  const format = useFormat();
  const now = useNow();
  const absolute = props.dateOnly ? format.date(props.at) : format.dateTime(props.at);
  if (!props.relative && !props.short) return <time dateTime={props.at}>{absolute}</time>;
  return (
    <time dateTime={props.at} title={absolute}>
      {props.relative ? format.relative(props.at, now) : format.shortDateTime(props.at)}
    </time>
  );
}
