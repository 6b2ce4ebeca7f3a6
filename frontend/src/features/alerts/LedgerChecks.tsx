import { customerUrl } from '#features/customers/urls';
import { AlertLedgerChecksDocument, type AlertLedgerChecksQuery } from '#gql/alerts/graphql';
import { useFormat } from '#lib/FormatContext';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { TextLink } from '#ui/links';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './alerts.module.css';

type Check = AlertLedgerChecksQuery['ledgerChecks'][number];

/** The last nights' checks of the points' books, and what the newest of them found. */
export function LedgerChecks() {
  const { t } = useTranslation('alerts');
  const [{ data, error }, reload] = useQuery({ query: AlertLedgerChecksDocument });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className={classes.rowShape} role="status" aria-label={t('loading')} />;
  const [newest] = data.ledgerChecks;
  if (!newest) {
    return (
      <EmptyState icon={IconBook2} title={t('ledger.never')}>
        {t('ledger.neverBody')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed" maw="46rem">
        {t('ledger.about')}
      </Text>
      {newest.discrepancies.length > 0 && <Found check={newest} />}
      <Nights checks={data.ledgerChecks} />
    </Stack>
  );
}

function Nights(props: { checks: readonly Check[] }) {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t('tab.ledger')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('ledger.night')}</Table.Th>
            <Table.Th>{t('ledger.result')}</Table.Th>
            {(['entries', 'bookings', 'lots', 'outstanding', 'took'] as const).map((key) => (
              <Table.Th key={key} className={classes.figure}>
                {t(`ledger.${key}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.checks.map((check) => (
            <Table.Tr key={check.startedAt}>
              <Table.Td>
                <Timestamp at={check.startedAt} />
              </Table.Td>
              <Table.Td>
                <Result found={check.discrepancies.length} />
              </Table.Td>
              <Table.Td className={classes.figure}>{format.number(check.entries)}</Table.Td>
              <Table.Td className={classes.figure}>{format.number(check.bookings)}</Table.Td>
              <Table.Td className={classes.figure}>{format.number(check.lots)}</Table.Td>
              <Table.Td className={classes.figure}>{format.points(check.outstanding)}</Table.Td>
              <Table.Td className={classes.figure}>{t('ledger.seconds', { value: seconds(check) })}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const seconds = (check: Check) => ((Date.parse(check.finishedAt) - Date.parse(check.startedAt)) / 1000).toFixed(1);

function Result(props: { found: number }) {
  const { t } = useTranslation('alerts');
  return props.found === 0 ? (
    <Badge color="green">{t('ledger.fine')}</Badge>
  ) : (
    <Badge color="red">{t('ledger.wrong', { count: props.found })}</Badge>
  );
}

function Found(props: { check: Check }) {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  return (
    <section aria-labelledby="found">
      <Title order={2} id="found" mb="xs">
        {t('ledger.found')}
      </Title>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-labelledby="found">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('ledger.customer')}</Table.Th>
              <Table.Th>{t('ledger.what')}</Table.Th>
              <Table.Th className={classes.figure}>{t('ledger.kept')}</Table.Th>
              <Table.Th className={classes.figure}>{t('ledger.replayed')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {props.check.discrepancies.map((one, at) => (
              <Table.Tr key={at}>
                <Table.Td>
                  {one.customerId ? <TextLink {...customerUrl(one.customerId)}>{t('ledger.open')}</TextLink> : t('ledger.none')}
                </Table.Td>
                <Table.Td>{t(`ledger.whatOf.${one.what as 'lot'}`)}</Table.Td>
                <Table.Td className={classes.figure}>{format.points(one.kept)}</Table.Td>
                <Table.Td className={classes.figure}>{format.points(one.replayed)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
