import { useFormat } from '#lib/FormatContext';
import { useNow } from '#lib/useNow';
import { Tooltip } from '@mantine/core';

/** An instant, absolute; `relative` shows how long ago, with the absolute one in a tooltip. */
export function Timestamp(props: { at: string; relative?: boolean; dateOnly?: boolean }) {
  const format = useFormat();
  const now = useNow();
  const absolute = props.dateOnly ? format.date(props.at) : format.dateTime(props.at);
  if (!props.relative) return <time dateTime={props.at}>{absolute}</time>;
  return (
    <Tooltip label={absolute}>
      <time dateTime={props.at}>{format.relative(props.at, now)}</time>
    </Tooltip>
  );
}
