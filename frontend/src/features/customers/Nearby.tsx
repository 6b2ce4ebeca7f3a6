import { useFormat } from '#lib/FormatContext';
import { CustomerNearbyDocument, type CustomerNearbyQuery } from '#gql/customers/graphql';
import { candidatesUrl, piles } from '#features/candidates/urls';
import { TextLink } from '#ui/links';
import { Badge, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './customers.module.css';
import { customerUrl } from './urls';

type Customer = NonNullable<CustomerNearbyQuery['customer']>;
type Pair = Customer['nearby'][number];

/** Who lives with the customer, and who could be the same person and is not, or not yet, with the reasons. */
export function Nearby(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const [{ data }] = useQuery({ query: CustomerNearbyDocument, variables: { id: props.customerId } });
  const customer = data?.customer;
  if (!customer) return null;
  return (
    <>
      {customer.housemates.length > 0 && (
        <section className={classes.merges} aria-labelledby="household">
          <Title order={2} id="household">
            {t('household.title')}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t('household.help')}
          </Text>
          <Group gap="md">
            {customer.housemates.map((one) => (
              <TextLink key={one.id} {...customerUrl(one.id, { tab: 'identities' })}>
                {one.displayName}
              </TextLink>
            ))}
          </Group>
        </section>
      )}
      {customer.nearby.length > 0 && (
        <section className={classes.merges} aria-labelledby="nearby">
          <Title order={2} id="nearby">
            {t('nearby.title')}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t('nearby.help')}
          </Text>
          <ul className={classes.consents}>
            {customer.nearby.map((pair) => (
              <Line key={pair.id} pair={pair} customerId={props.customerId} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Line(props: { pair: Pair; customerId: string }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { pair } = props;
  const other = pair.survivor.id === props.customerId ? pair.other : pair.survivor;
  const words = (facts: Pair['agree']) => format.list(facts.map((fact) => t(`fact.${fact}`)));
  const status = piles.find((pile) => pile === pair.status);
  return (
    <li>
      <div>
        <Group gap="xs">
          <TextLink {...customerUrl(other.id, { tab: 'identities' })}>{other.displayName}</TextLink>
          <Badge variant="light" color={pair.status === 'OPEN' ? undefined : 'gray'}>
            {t(`pairStatus.${pair.status}`)}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed">
          {[
            pair.agree.length > 0 && t('nearby.agree', { facts: words(pair.agree) }),
            pair.differ.length > 0 && t('nearby.differ', { facts: words(pair.differ) }),
            t(`nearby.why.${why(pair)}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      <TextLink {...candidatesUrl({ status: status === 'OPEN' ? undefined : status, pair: pair.id })}>
        {t('nearby.open')}
      </TextLink>
    </li>
  );
}

/** Why the two are not one. */
function why(pair: Pair) {
  if (pair.status === 'REJECTED' || pair.status === 'HOUSEHOLD') return pair.status;
  if (pair.household) return 'LIKELY_HOUSEHOLD';
  if (pair.contradictions.length > 0) return 'CONTRADICTED';
  return pair.reason;
}
