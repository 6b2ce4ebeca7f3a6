import type { ComparedCustomerFragment, IdentityFact } from '#gql/candidates/graphql';
import { customerUrl } from '#features/customers/urls';
import { useFormat } from '#lib/FormatContext';
import { Address } from '#ui/Address';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { Badge, Group, Table, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './candidates.module.css';

/** What two customers tell, line by line, with what agrees and what differs. */
export function Comparison(props: {
  survivor: ComparedCustomerFragment;
  other: ComparedCustomerFragment;
  agree: readonly IdentityFact[];
  differ: readonly IdentityFact[];
}) {
  const { t } = useTranslation('candidates');
  const lines = useLines();
  const verdict = (facts: readonly IdentityFact[]) => {
    if (facts.some((fact) => props.differ.includes(fact))) return 'differ';
    return facts.some((fact) => props.agree.includes(fact)) ? 'agree' : undefined;
  };
  return (
    <Table className={classes.comparison} layout="fixed">
      <Table.Caption className={classes.hidden}>{t('comparison')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Td className={classes.fact} />
          {[props.survivor, props.other].map((customer, place) => (
            <Table.Th key={customer.id} scope="col">
              <Group gap="0 var(--mantine-spacing-xs)">
                <TextLink {...customerUrl(customer.id)}>{customer.displayName}</TextLink>
                {place === 0 && <Badge>{t('stays')}</Badge>}
              </Group>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ key, facts, of }) => {
          const left = of(props.survivor);
          const right = of(props.other);
          if (!left && !right) return null;
          const found = verdict(facts);
          return (
            <Table.Tr key={key} data-verdict={found}>
              <Table.Th scope="row" className={classes.fact}>
                {t(`line.${key}`)}
                {found && <Verdict found={found} />}
              </Table.Th>
              <Table.Td>{left || <Nothing />}</Table.Td>
              <Table.Td>{right || <Nothing />}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function Verdict(props: { found: 'agree' | 'differ' }) {
  const { t } = useTranslation('candidates');
  const Icon = props.found === 'agree' ? IconCheck : IconX;
  return (
    <span className={classes.verdict}>
      <Icon className={classes.small} aria-hidden />
      {t(`verdict.${props.found}`)}
    </span>
  );
}

function Nothing() {
  const { t } = useTranslation('candidates');
  return (
    <>
      <span className={classes.nothing} aria-hidden>
        –
      </span>
      <VisuallyHidden>{t('unknown')}</VisuallyHidden>
    </>
  );
}

interface Line {
  key: 'name' | 'kana' | 'email' | 'phone' | 'address' | 'birthDate' | 'gender' | 'ids' | 'malls' | 'orders' | 'last' | 'points' | 'member';
  facts: readonly IdentityFact[];
  of: (customer: ComparedCustomerFragment) => ReactNode;
}

function useLines(): Line[] {
  const { t } = useTranslation('candidates');
  const format = useFormat();
  return [
    { key: 'name', facts: ['NAME', 'FAMILY_NAME', 'GIVEN_NAME'], of: (one) => <Address>{one.displayName}</Address> },
    { key: 'kana', facts: ['KANA'], of: (one) => [one.familyKana, one.givenKana].filter(Boolean).join(' ') },
    { key: 'email', facts: ['MAIL'], of: (one) => one.email && <Address>{one.email}</Address> },
    { key: 'phone', facts: ['PHONE'], of: (one) => one.phoneNational },
    { key: 'address', facts: ['ADDRESS'], of: addressOf },
    { key: 'birthDate', facts: ['BIRTH_DATE'], of: (one) => one.birthDate && format.date(one.birthDate) },
    { key: 'gender', facts: ['GENDER'], of: (one) => one.gender !== 'UNKNOWN' && t(`gender.${one.gender}`) },
    { key: 'ids', facts: ['MEMBER_ID'], of: memberIds },
    {
      key: 'malls',
      facts: [],
      of: (one) =>
        one.stats.malls.length > 0 && (
          <Group gap="0 0.75rem">
            {one.stats.malls.map((mall) => (
              <MallDot key={mall} mall={mall} />
            ))}
          </Group>
        ),
    },
    {
      key: 'orders',
      facts: [],
      of: (one) =>
        t('orders', {
          count: one.stats.orderCount,
          times: format.number(one.stats.orderCount),
          sales: format.money(one.stats.netSales.amount, one.stats.netSales.currency),
        }),
    },
    { key: 'last', facts: [], of: (one) => one.stats.lastOrderAt && format.date(one.stats.lastOrderAt) },
    { key: 'points', facts: [], of: (one) => one.points.available > 0 && format.points(one.points.available) },
    { key: 'member', facts: [], of: (one) => (one.memberSince ? (one.stage?.stage.name ?? t('member')) : t('notMember')) },
  ];
}

function addressOf(one: ComparedCustomerFragment): string {
  const code = one.postalCode.length === 7 ? `〒${one.postalCode.slice(0, 3)}-${one.postalCode.slice(3)}` : one.postalCode;
  return [code, one.prefecture + one.city + one.addressLine].filter(Boolean).join(' ');
}

function memberIds(one: ComparedCustomerFragment): ReactNode {
  const ids = one.identities.filter((identity) => identity.kind === 'MEMBER_ID');
  return (
    ids.length > 0 &&
    ids.map(({ id, shop, value }) => (
      <div key={id}>
        <span className={classes.shopOf} title={shop.name}>
          {shop.name}
        </span>
        {value}
      </div>
    ))
  );
}
