import type { AuditEntryFieldsFragment } from '#gql/audit/graphql';
import { Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './audit.module.css';

/** What changed, field by field: before and after where both were recorded. With `most`, the first few in short. */
export function Changes(props: { changes: AuditEntryFieldsFragment['changes']; most?: number }) {
  const { t } = useTranslation('audit');
  const shown = props.changes.slice(0, props.most);
  const more = props.changes.length - shown.length;
  if (shown.length === 0) return null;
  return (
    <div className={props.most ? classes.short : undefined}>
      <dl className={classes.changes} data-short={props.most ? true : undefined}>
        {shown.map((each) => (
          <div key={each.key} className={classes.change}>
            <dt>{each.label}</dt>
            <dd>
              {each.before !== null && each.before !== undefined && (
                <>
                  {each.before} <span aria-hidden>→</span> <VisuallyHidden>{t('became')}</VisuallyHidden>
                </>
              )}
              {each.after}
            </dd>
          </div>
        ))}
      </dl>
      {more > 0 && (
        <Text size="xs" c="dimmed">
          {t('more', { count: more })}
        </Text>
      )}
    </div>
  );
}
