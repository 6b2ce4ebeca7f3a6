import { useFormat } from '#lib/FormatContext';
import { useNow } from '#lib/useNow';
import { Tooltip } from '@mantine/core';

/** An instant, absolute; `relative` shows how long ago and `short` leaves the year out, both with the whole in a tooltip. */
export function Timestamp(props: { at: string; relative?: boolean; short?: boolean; dateOnly?: boolean }) {
  const format = useFormat();
  const now = useNow();
  const absolute = props.dateOnly ? format.date(props.at) : format.dateTime(props.at);
  if (!props.relative && !props.short) return <time dateTime={props.at}>{absolute}</time>;
  return (
    <Tooltip label={absolute}>
      <time dateTime={props.at}>{props.relative ? format.relative(props.at, now) : format.shortDateTime(props.at)}</time>
    </Tooltip>
  );
}
