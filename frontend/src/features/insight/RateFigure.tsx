import { useFormat } from '#lib/FormatContext';
import { Figure } from '#ui/Figure';
import { useTranslation } from 'react-i18next';
import { change, shareText } from './figures';
import { PeopleLink, type Some } from './PeopleLink';

/** A rate as the figure at the head of a tab; the people are a click away. */
export function RateFigure(props: {
  label: string;
  definition: string;
  rate: { of: Some; hit: Some; share: number | null; previous: number | null };
}) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { of, hit, share, previous } = props.rate;
  const changed = change(share, previous, format, t('pointUnit'));
  return (
    <Figure
      label={props.label}
      definition={props.definition}
      value={
        <PeopleLink people={hit} label={props.label}>
          {shareText(share, format)}
        </PeopleLink>
      }
      note={t('hitOf', { hit: format.people(hit.count), of: format.people(of.count) })}
      comparison={
        changed && {
          ...changed,
          before: shareText(previous, format),
          good: changed.direction === 'flat' ? undefined : changed.direction === 'up',
        }
      }
    />
  );
}
