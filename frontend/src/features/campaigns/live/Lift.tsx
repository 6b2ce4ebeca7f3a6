import type { LiftIntervalFieldsFragment, MetricsFieldsFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { Definition } from '#ui/Definition';
import { Badge, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { rate } from '../figures';
import classes from './Lift.module.css';

type LiftFields = NonNullable<MetricsFieldsFragment['lift']>;

/** What the campaign brought beyond what would have been bought anyway, or that it cannot be told yet. */
export function Lift(props: { lift: LiftFields; cancelled: boolean }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { lift } = props;
  const { treated, heldOut, salesPerPerson } = lift;
  const { currency } = treated.sales;
  const money = (amount: number) => format.money(Math.round(amount), currency);
  const perPerson = (group: LiftFields['treated']) =>
    group.people === 0 ? '–' : money(group.sales.amount / group.people);
  const share = (group: LiftFields['treated']) =>
    t('lift.buyers', { share: format.share(rate(group.buyers, group.people)), people: format.people(group.buyers) });
  const extra = salesPerPerson.difference * treated.people;
  return (
    <section className={classes.lift} aria-labelledby="lift">
      <div className={classes.title}>
        <Title order={2} id="lift">
          {t('lift.title')}
        </Title>
        <Definition label={t('lift.title')}>{t('lift.define')}</Definition>
      </div>
      <div className={classes.measures}>
        <Measure
          title={t('lift.bought')}
          treated={share(treated)}
          heldOut={share(heldOut)}
          lift={lift}
          answer={<Answer interval={lift.conversion} write={(value) => signed(value * 100, points(t('lift.points')))} />}
        />
        <Measure
          title={t('lift.sales')}
          treated={perPerson(treated)}
          heldOut={perPerson(heldOut)}
          lift={lift}
          answer={<Answer interval={salesPerPerson} write={(value) => signed(value, money)} />}
        />
      </div>
      <Text size="sm" mt="sm">
        {salesPerPerson.decided
          ? t(extra < 0 ? 'lift.less' : 'lift.extra', { amount: money(Math.abs(extra)) })
          : t('lift.notYet')}
      </Text>
      {props.cancelled && <Text size="sm">{t('lift.cancelled')}</Text>}
      <Text size="xs" c="dimmed">
        {lift.closesAt ? t('lift.closes', { time: format.dateTime(lift.closesAt) }) : t('lift.open')}
      </Text>
    </section>
  );
}

/** One outcome of both groups side by side, and what can be said of their difference. */
function Measure(props: { title: string; treated: string; heldOut: string; lift: LiftFields; answer: ReactNode }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { treated, heldOut } = props.lift;
  return (
    <div>
      <Text fw={500}>{props.title}</Text>
      <dl className={classes.groups}>
        <dt>{t('lift.treated', { people: format.people(treated.people) })}</dt>
        <dd>{props.treated}</dd>
        <dt>{t('lift.heldOut', { people: format.people(heldOut.people) })}</dt>
        <dd>{props.heldOut}</dd>
        <dt>{t('lift.difference')}</dt>
        <dd>{props.answer}</dd>
      </dl>
    </div>
  );
}

/** The difference with its interval; before enough is known, that it is not. */
function Answer(props: { interval: LiftIntervalFieldsFragment; write: (value: number) => string }) {
  const { t } = useTranslation('campaigns');
  const { interval, write } = props;
  const { low, high } = interval;
  return (
    <>
      <Badge size="lg" variant="light" color={interval.decided ? (interval.difference > 0 ? 'green' : 'red') : 'gray'}>
        {interval.decided ? write(interval.difference) : t('lift.unknown')}
      </Badge>
      {typeof low === 'number' && typeof high === 'number' && (
        <Text size="xs" c="dimmed">
          {t('lift.interval', { low: write(low), high: write(high) })}
        </Text>
      )}
    </>
  );
}

const signed = (value: number, write: (size: number) => string): string =>
  `${value < 0 ? '−' : '+'}${write(Math.abs(value))}`;

const points = (unit: string) => (size: number) => `${size.toFixed(2)}${unit}`;
