import type { LiftIntervalFieldsFragment, MetricsFieldsFragment } from '#gql/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Format } from '#lib/format';
import { Definition } from '#ui/Definition';
import { Badge, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { rate } from '../figures';
import classes from './LivePage.module.css';

type LiftFields = NonNullable<MetricsFieldsFragment['lift']>;

/** What the campaign brought beyond what would have been bought anyway, or that it cannot be told yet. */
export function Lift(props: { lift: LiftFields }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { lift } = props;
  const { currency } = lift.treated.sales;
  const perPerson = (group: LiftFields['treated']) =>
    group.people === 0 ? '–' : format.money(Math.round(group.sales.amount / group.people), currency);
  const money = (amount: number) => signed(amount, (size) => format.money(Math.round(size), currency));
  const extra = Math.round(lift.salesPerPerson.difference * lift.treated.people);
  return (
    <section className={classes.section} aria-labelledby="lift">
      <Title order={2} id="lift" mb="xs" className={classes.titled}>
        {t('lift.title')}
        <Definition label={t('lift.title')}>{t('lift.define')}</Definition>
      </Title>
      <Table.ScrollContainer minWidth={560}>
        <Table aria-labelledby="lift">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('lift.measure')}</Table.Th>
              <Table.Th ta="right">{t('lift.treated', { people: format.people(lift.treated.people) })}</Table.Th>
              <Table.Th ta="right">{t('lift.heldOut', { people: format.people(lift.heldOut.people) })}</Table.Th>
              <Table.Th>{t('lift.difference')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Table.Tr>
              <Table.Th scope="row">{t('lift.bought')}</Table.Th>
              <Table.Td ta="right">{shareOf(lift.treated, format)}</Table.Td>
              <Table.Td ta="right">{shareOf(lift.heldOut, format)}</Table.Td>
              <Table.Td>
                <Answer interval={lift.conversion} write={(value) => points(value, t('lift.points'))} />
              </Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Th scope="row">{t('lift.sales')}</Table.Th>
              <Table.Td ta="right">{perPerson(lift.treated)}</Table.Td>
              <Table.Td ta="right">{perPerson(lift.heldOut)}</Table.Td>
              <Table.Td>
                <Answer interval={lift.salesPerPerson} write={money} />
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" mt="xs">
        {lift.salesPerPerson.decided ? t('lift.extra', { amount: money(extra) }) : t('lift.notYet')}
      </Text>
      <Text size="xs" c="dimmed">
        {lift.closesAt ? t('lift.closes', { time: format.dateTime(lift.closesAt) }) : t('lift.open')}
      </Text>
    </section>
  );
}

/** The difference with its interval; before enough is known, that it is not. */
function Answer(props: { interval: LiftIntervalFieldsFragment; write: (value: number) => string }) {
  const { t } = useTranslation('campaigns');
  const { interval, write } = props;
  if (interval.low === null || interval.low === undefined || interval.high === null || interval.high === undefined) {
    return (
      <Badge color="gray" variant="light">
        {t('lift.unknown')}
      </Badge>
    );
  }
  return (
    <>
      <Badge color={interval.decided ? (interval.difference > 0 ? 'green' : 'red') : 'gray'} variant="light">
        {interval.decided ? write(interval.difference) : t('lift.unknown')}
      </Badge>
      <Text size="xs" c="dimmed">
        {t('lift.interval', { low: write(interval.low), high: write(interval.high) })}
      </Text>
    </>
  );
}

const shareOf = (group: LiftFields['treated'], format: Format): string =>
  `${format.share(rate(group.buyers, group.people))}`;

const signed = (value: number, write: (size: number) => string): string =>
  `${value < 0 ? '−' : '+'}${write(Math.abs(value))}`;

/** Percentage points: +1.2 points. */
const points = (ratio: number, unit: string): string => `${signed(ratio * 100, (size) => size.toFixed(2))}${unit}`;
