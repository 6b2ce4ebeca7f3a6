import { type PolicyChannel, PolicyRoutesDocument, type PolicyRoutesQuery, PolicyRulesDocument } from '#gql/policy/graphql';
import { shopsUrl } from '#features/shops/urls';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink, TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { SegmentedControl, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconRoute, IconX } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './policy.module.css';
import { channels } from './rule';

type Route = PolicyRoutesQuery['policyRoutes'][number];
const route = getRouteApi('/shell/policy');
const icons = { ALLOWED: IconCheck, WARNED: IconAlertTriangle, REFUSED: IconX, IMPOSSIBLE: IconMinus };

/** What may be sent: whose customers, by which way, leading where; and which rule says no. */
export function Routes() {
  const { t, i18n } = useTranslation('policy');
  const { known } = route.useSearch();
  const navigate = useNavigate({ from: '/policy' });
  const [{ data, error, fetching }, reload] = useQuery({ query: PolicyRoutesDocument, variables: { consented: known !== 'orders' } });
  const [rules] = useQuery({ query: PolicyRulesDocument, variables: { locale: i18n.language } });
  const messages = new Map((rules.data?.policyRules ?? []).map((rule) => [rule.id, rule.message]));
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (fetching && !data) return <Skeleton height="24rem" />;
  const routes = data?.policyRoutes ?? [];
  if (routes.length === 0) {
    return (
      <EmptyState icon={IconRoute} title={t('routes.empty')} action={<ButtonLink {...shopsUrl()}>{t('routes.toShops')}</ButtonLink>}>
        {t('routes.emptyBody')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <Text size="sm">{t('routes.help')}</Text>
      <SegmentedControl
        className={classes.choice}
        aria-label={t('routes.who')}
        value={known ?? 'consent'}
        data={[
          { value: 'consent', label: t('routes.consent') },
          { value: 'orders', label: t('routes.orders') },
        ]}
        onChange={(value) => void navigate({ search: (was) => ({ ...was, known: value === 'orders' ? 'orders' : undefined }) })}
      />
      <Legend />
      {channels.map((channel) => (
        <Channel key={channel} channel={channel} routes={routes.filter((one) => one.channel === channel)} messages={messages} />
      ))}
    </Stack>
  );
}

function Legend() {
  const { t } = useTranslation('policy');
  return (
    <ul className={classes.legend}>
      {(['ALLOWED', 'WARNED', 'REFUSED', 'IMPOSSIBLE'] as const).map((outcome) => (
        <li key={outcome}>
          <Mark outcome={outcome} /> {t(`outcome.${outcome}`)}
        </li>
      ))}
    </ul>
  );
}

function Mark(props: { outcome: Route['outcome'] }) {
  const Icon = icons[props.outcome];
  return <Icon size="1rem" className={classes[`outcome${props.outcome}`]} aria-hidden />;
}

/** One way to speak: origins down, destinations across. Ways a mall's tool does not have are left out. */
function Channel(props: { channel: PolicyChannel; routes: readonly Route[]; messages: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('policy');
  const { t: tUi } = useTranslation('ui');
  const possible = props.routes.filter((one) => one.outcome !== 'IMPOSSIBLE');
  const origins = [...new Set(possible.map((one) => one.origin))];
  const destinations = [...new Set(possible.map((one) => one.destination))];
  const place = (name: string) => (name === 'LINE' || name === 'SNS' ? t(`place.${name}`) : tUi(`mall.${name as 'RAKUTEN'}`));
  return (
    <section>
      <Title order={3} mb="xs">
        {t(`channel.${props.channel}`)}
      </Title>
      <Table.ScrollContainer minWidth={`${9 + destinations.length * 8}rem`} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t(`channel.${props.channel}`) } }}>
        <Table withTableBorder withColumnBorders className={classes.matrix}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('routes.corner')}</Table.Th>
              {destinations.map((destination) => (
                <Table.Th key={destination} scope="col">
                  {t('routes.to', { place: place(destination) })}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {origins.map((origin) => (
              <Table.Tr key={origin}>
                <Table.Th scope="row">
                  <MallDot mall={origin} />
                </Table.Th>
                {destinations.map((destination) => {
                  const cell = possible.find((one) => one.origin === origin && one.destination === destination);
                  return <Table.Td key={destination}>{cell && <Cell route={cell} messages={props.messages} />}</Table.Td>;
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Cell(props: { route: Route; messages: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('policy');
  const { outcome, rules } = props.route;
  return (
    <div className={classes.cell}>
      <Mark outcome={outcome} />
      {rules.length === 0 && <Text size="xs">{t(`outcome.${outcome}`)}</Text>}
      {rules.map((id) => (
        <span key={id} title={props.messages.get(id)}>
          <TextLink to="/policy" search={(was: object) => ({ ...was, rule: id })} size="xs">
            {id}
          </TextLink>
        </span>
      ))}
    </div>
  );
}
