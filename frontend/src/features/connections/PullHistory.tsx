import { ConnectionPullsDocument, type MallPullFieldsFragment } from '#gql/connections/graphql';
import { importUrl } from '#features/imports/urls';
import { useFormat } from '#lib/FormatContext';
import { nothing } from '#ui/DataList';
import { ErrorState } from '#ui/ErrorState';
import { TextLink } from '#ui/links';
import { Button, Skeleton, Table, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './connections.module.css';

/** The latest pulls of a connection, read once they are asked for; `at` changes when there is a new one. */
export function PullHistory(props: { id: string; shop: string; at: string | undefined }) {
  const { t } = useTranslation('connections');
  const [shown, setShown] = useState(false);
  const Mark = shown ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.history}>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={shown}
        leftSection={<Mark size="1rem" aria-hidden />}
        onClick={() => setShown(!shown)}
      >
        {t('history.title')}
      </Button>
      {shown && <Pulls key={props.at} id={props.id} shop={props.shop} />}
    </div>
  );
}

function Pulls(props: { id: string; shop: string }) {
  const { t } = useTranslation('connections');
  const [{ data, error }, ask] = useQuery({ query: ConnectionPullsDocument, variables: { id: props.id }, requestPolicy: 'cache-and-network' });
  if (error && !data) return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="8rem" mt="xs" />;
  if (data.mallPulls.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="xs">
        {t('history.empty')}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t('history.label', { shop: props.shop })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('history.started')}</Table.Th>
            <Table.Th>{t('history.span')}</Table.Th>
            <Table.Th ta="right">{t('history.fetched')}</Table.Th>
            <Table.Th ta="right">{t('history.taken')}</Table.Th>
            <Table.Th ta="right">{t('history.held')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.mallPulls.map((pull) => (
            <Pull key={pull.id} pull={pull} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Pull(props: { pull: MallPullFieldsFragment }) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const { pull } = props;
  return (
    <Table.Tr>
      <Table.Td>{format.shortDateTime(pull.startedAt)}</Table.Td>
      <Table.Td>{t(pull.first ? 'history.firstSpan' : 'history.sinceSpan', { from: format.shortDateTime(pull.from), day: format.date(pull.from) })}</Table.Td>
      <Table.Td ta="right">{format.number(pull.fetched)}</Table.Td>
      <Table.Td ta="right">
        {pull.latestImportId ? <TextLink {...importUrl(pull.latestImportId)}>{format.number(pull.orders)}</TextLink> : nothing}
      </Table.Td>
      <Table.Td ta="right" c={pull.quarantined > 0 ? 'red' : undefined}>
        {pull.quarantined > 0 ? format.number(pull.quarantined) : nothing}
      </Table.Td>
    </Table.Tr>
  );
}
