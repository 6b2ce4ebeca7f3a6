import { type Cell, downloadCsv } from '#lib/csv';
import { Definition } from '#ui/Definition';
import { Button, Group, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './insight.module.css';

/** One analysis: what it is, how its figures are defined, the figures, and the same as a file. */
export function Section(props: {
  title: string;
  definition: string;
  /** What is looked at: the period, the people. */
  note?: string;
  /** Beside the title: what can be chosen. */
  actions?: ReactNode;
  /** The table as it is handed over: the head first. */
  csv: () => readonly (readonly Cell[])[];
  children: ReactNode;
}) {
  const { t } = useTranslation('insight');
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <Group justify="space-between" align="flex-start" gap="xs" mb="sm" wrap={props.actions ? 'wrap' : 'nowrap'}>
        <div className={classes.said}>
          <div className={classes.title}>
            <Title order={2} id={id}>
              {props.title}
            </Title>
            <Definition label={props.title}>{props.definition}</Definition>
          </div>
          {props.note && (
            <Text size="xs" c="dimmed">
              {props.note}
            </Text>
          )}
        </div>
        <Group gap="xs">
          {props.actions}
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconDownload className={classes.icon} aria-hidden />}
            aria-label={t('csvOf', { what: props.title })}
            onClick={() => downloadCsv(props.title, props.csv())}
          >
            {t('csv')}
          </Button>
        </Group>
      </Group>
      {props.children}
    </section>
  );
}
