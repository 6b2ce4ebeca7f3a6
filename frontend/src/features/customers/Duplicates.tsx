import { useFormat } from '#lib/FormatContext';
import { Address } from '#ui/Address';
import { MallDot } from '#ui/MallDot';
import { TextLink } from '#ui/links';
import { Badge, Button, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './AddCustomer.module.css';
import type { Duplicate } from './entry';
import { customerUrl } from './urls';

/** Who may be the person of the form, in the words of the candidates, while it is being typed. */
export function Duplicates(props: {
  found: readonly Duplicate[];
  /** There is something to look for. */
  asked: boolean;
  searching: boolean;
  busy: boolean;
  onSame: (one: Duplicate) => void;
}) {
  const { t } = useTranslation('customers');
  const { found } = props;
  return (
    <section className={classes.duplicates} aria-labelledby="duplicates">
      <Title order={3} id="duplicates" size="h4">
        {t('add.duplicates')}
      </Title>
      <VisuallyHidden role="status">{props.asked && !props.searching && t('add.found', { count: found.length })}</VisuallyHidden>
      {found.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(props.asked ? 'add.nobody' : 'add.ask')}
        </Text>
      ) : (
        <Stack gap="sm" component="ul" className={classes.cards} aria-busy={props.searching}>
          {found.map((one) => (
            <Card key={one.customer.id} one={one} busy={props.busy} onSame={() => props.onSame(one)} />
          ))}
        </Stack>
      )}
    </section>
  );
}

function Card(props: { one: Duplicate; busy: boolean; onSame: () => void }) {
  const { t } = useTranslation('customers');
  const { t: tPair } = useTranslation('candidates');
  const { one } = props;
  const { customer } = one;
  return (
    <li className={classes.card} data-exact={one.exact || undefined}>
      <Group gap="xs" justify="space-between" align="baseline" wrap="nowrap">
        <Text fw={600} className={classes.name}>
          <TextLink {...customerUrl(customer.id)} target="_blank">
            {customer.displayName}
          </TextLink>
        </Text>
        <Badge variant="light" className={classes.score}>
          {tPair('score', { score: one.score })}
        </Badge>
      </Group>
      <Facts customer={customer} />
      <Text size="sm" mt="xs">
        {one.step ? t(`add.step.${stepOf(one.step)}`) : one.reason && tPair(`reason.${one.reason}`)}
        {one.household && ` · ${tPair('householdMark')}`}
      </Text>
      <Evidence one={one} />
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant={one.exact ? 'filled' : 'light'} disabled={props.busy} onClick={props.onSame}>
          {t('add.same')}
        </Button>
      </Group>
    </li>
  );
}

/** Enough of the customer to know whether it is the person one speaks to. */
function Facts(props: { customer: Duplicate['customer'] }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { customer } = props;
  const kana = [customer.familyKana, customer.givenKana].filter(Boolean).join(' ');
  return (
    <div className={classes.facts}>
      {kana && <span>{kana}</span>}
      {customer.email && <Address>{customer.email}</Address>}
      {customer.phoneNational && <span>{customer.phoneNational}</span>}
      {customer.city && <span>{customer.prefecture + customer.city}</span>}
      {customer.birthDate && <span>{t('add.born', { date: format.date(customer.birthDate) })}</span>}
      <span>
        {customer.memberSince ? t('add.member') : t('notMember')}
        {customer.stats.orderCount > 0 && ` · ${t('times', { count: customer.stats.orderCount, shown: format.number(customer.stats.orderCount) })}`}
      </span>
      {customer.stats.malls.length > 0 && (
        <Group gap="0 var(--mantine-spacing-xs)">
          {customer.stats.malls.map((mall) => (
            <MallDot key={mall} mall={mall} />
          ))}
        </Group>
      )}
    </div>
  );
}

/** What the two agree and differ in, with what each fact is worth where the score is made of them. */
function Evidence(props: { one: Duplicate }) {
  const { t } = useTranslation('candidates');
  const { one } = props;
  const worth = new Map(one.baseScore === null ? [] : one.evidence.map((piece) => [piece.fact, piece.points]));
  // What the reason says already counts nothing and is not said again.
  const facts = [...one.agree.map((fact) => ({ fact, agrees: true })), ...one.differ.map((fact) => ({ fact, agrees: false }))].filter(
    ({ fact }) => worth.get(fact) !== 0,
  );
  if (facts.length === 0) return null;
  return (
    <ul className={classes.evidence}>
      {facts.map(({ fact, agrees }) => {
        const Icon = agrees ? IconPlus : IconMinus;
        const points = worth.get(fact);
        return (
          <li key={fact} data-agrees={agrees}>
            <Icon className={classes.small} aria-hidden />
            {t(agrees ? 'evidence.agrees' : 'evidence.differs', { fact: t(`fact.${fact}`) })}
            {Boolean(points) && ` ${t('evidence.points', { points: Number(points) > 0 ? `+${points}` : `−${-Number(points)}` })}`}
          </li>
        );
      })}
    </ul>
  );
}

const steps = ['MEMBER_ID', 'MAIL', 'MAIL_NAME', 'PHONE_NAME', 'NAME_ADDRESS'] as const;
/** The steps that a form can lead to by themselves. */
const stepOf = (step: string) => steps.find((one) => one === step) ?? 'MEMBER_ID';
