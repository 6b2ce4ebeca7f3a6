import type { SenderDomainFieldsFragment } from '#gql/sending/graphql';
import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyValue } from '#ui/CopyValue';
import classes from './sending.module.css';

type Record = SenderDomainFieldsFragment['records'][number];

const colors: { [state in Record['state']]: string } = {
  PUBLISHED: 'green',
  DIFFERS: 'red',
  MISSING: 'yellow',
  UNKNOWN: 'gray',
};

/** What has to stand in DNS, to be copied there, and whether it does. */
export function Records(props: { records: readonly Record[] }) {
  const { t } = useTranslation('sending');
  return props.records.map((record) => (
    <div key={`${record.kind} ${record.name}`} className={classes.record}>
      <Group gap="xs" justify="space-between">
        <Text fw={600} size="sm">
          {t(`record.kind.${record.kind}`)} · {record.type}
        </Text>
        <Badge color={colors[record.state]}>{t(`record.state.${record.state}`)}</Badge>
      </Group>
      <Text size="xs" c="dimmed">
        {t(`record.help.${record.kind}`)}
      </Text>
      <CopyValue label={t('record.name')} value={record.name} />
      {record.value && <CopyValue label={t('record.value')} value={record.value} />}
    </div>
  ));
}
