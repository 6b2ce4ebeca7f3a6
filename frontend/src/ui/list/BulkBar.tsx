import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';
import type { Selection } from './selection';

/** At the foot of the screen while rows are chosen: how many, all of them instead, and what can be done with them. */
export function BulkBar(props: {
  selection: Selection;
  /** How many the list's conditions leave, written out (1,234人); without it everything cannot be chosen. */
  total?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation('ui');
  const { selection, total } = props;
  if (!selection.everything && selection.keys.size === 0) return null;
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <Text size="sm" fw={600} aria-live="polite">
        {selection.everything
          ? t('bulk.everything', { total })
          : t('bulk.chosen', { count: selection.keys.size, shown: selection.keys.size.toLocaleString() })}
      </Text>
      {total !== undefined && !selection.everything && (
        <Button variant="subtle" size="compact-sm" onClick={selection.takeEverything}>
          {t('bulk.takeEverything', { total })}
        </Button>
      )}
      <Group gap="xs" className={classes.acts}>
        {props.children}
        <Button variant="subtle" onClick={selection.clear}>
          {t('bulk.clear')}
        </Button>
      </Group>
    </div>
  );
}
