import { useFormat } from '#lib/FormatContext';
import { useNow } from '#lib/useNow';
import { useTranslation } from 'react-i18next';

/** From this age on it matters of when figures are. */
const agedMs = 60_000;

/** Says of when figures are, unless they are of this minute. */
export function AsOf(props: { at: string; className?: string }) {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const age = useNow().getTime() - new Date(props.at).getTime();
  if (age < agedMs) return null;
  return <span className={props.className}>{t('asOf', { time: format.time(props.at) })}</span>;
}
