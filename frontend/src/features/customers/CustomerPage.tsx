import { CustomerHeadDocument, type CustomerHeadQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { NameBadge } from '#ui/NameBadge';
import { PageHeader } from '#ui/PageHeader';
import { TabStrip } from '#ui/TabStrip';
import { Badge, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Consents } from './Consents';
import classes from './customers.module.css';
import { CustomerActions } from './CustomerActions';
import { CustomerFigures } from './CustomerFigures';
import { Identities } from './Identities';
import { Merges } from './Merges';
import { Nearby } from './Nearby';
import { Mails } from './Mails';
import { PinnedNote } from './Notes';
import { Orders } from './Orders';
import { PointsTab } from './PointsTab';
import { Profile } from './Profile';
import { StageSection } from './StageSection';
import { Timeline } from './Timeline';
import { customersUrl, customerUrl, type CustomerSearch, tabs } from './urls';

/** A customer as the page's head knows them. */
export type CustomerHead = NonNullable<CustomerHeadQuery['customer']>;

const route = getRouteApi('/shell/customers/$customerId');

/** One person, whatever the mall: who they are, where they stand, and all that happened. */
export function CustomerPage() {
  const { t } = useTranslation('customers');
  const { customerId } = route.useParams();
  const search = route.useSearch();
  const [{ data, error }, reload] = useQuery({ query: CustomerHeadDocument, variables: { id: customerId } });
  const back = { link: customersUrl(), label: t('title') };

  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) {
    return (
      <Stack gap="md" role="status" aria-label={t('loading')} aria-busy>
        <Skeleton className={classes.titleShape} />
        <Skeleton className={classes.figuresShape} />
        <Skeleton className={classes.bodyShape} />
      </Stack>
    );
  }
  if (!data.customer) {
    return (
      <>
        <PageHeader title={t('gone.title')} back={back} />
        <EmptyState icon={IconUserQuestion} title={t('gone.title')}>
          {t('gone.body')}
        </EmptyState>
      </>
    );
  }
  // A merged customer's address leads to who is left.
  if (data.customer.id !== customerId) return <Navigate {...customerUrl(data.customer.id, search)} replace />;
  return <Person customer={data.customer} back={back} />;
}

function Person(props: { customer: CustomerHead; back: Parameters<typeof PageHeader>[0]['back'] }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { customer } = props;
  const kana = [customer.familyKana, customer.givenKana].filter(Boolean).join(' ');
  return (
    <>
      <PageHeader
        title={customer.displayName}
        back={props.back}
        beside={
          <>
            {customer.stage && <NameBadge size="lg" name={customer.stage.stage.name} />}
            {customer.anonymous && (
              <Badge size="lg" color="gray">
                {t('anonymous')}
              </Badge>
            )}
          </>
        }
        description={[
          kana,
          customer.memberSince
            ? t('memberSince', { date: format.date(customer.memberSince) })
            : t(customer.anonymous ? 'anonymousHelp' : 'notMember'),
        ]
          .filter(Boolean)
          .join(' · ')}
        actions={<CustomerActions customer={customer} />}
      />
      <CustomerFigures customer={customer} />
      <PinnedNote customerId={customer.id} />
      <div className={classes.columns}>
        <Profile customer={customer} />
        <Sections customer={customer} />
      </div>
    </>
  );
}

function Sections(props: { customer: CustomerHead }) {
  const { t } = useTranslation('customers');
  const { tab = 'timeline' } = route.useSearch();
  const navigate = route.useNavigate();
  const { id } = props.customer;
  return (
    <Tabs
      value={tab}
      className={classes.sections}
      onChange={(next) =>
        void navigate({ search: { tab: next === 'timeline' ? undefined : (next as CustomerSearch['tab']) } })
      }
    >
      <TabStrip open={tab}>
        {tabs.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`tab.${name}`)}
          </Tabs.Tab>
        ))}
      </TabStrip>
      <Tabs.Panel value="timeline" pt="md">
        <Timeline customerId={id} anonymous={props.customer.anonymous} />
      </Tabs.Panel>
      <Tabs.Panel value="orders" pt="md">
        <Orders customerId={id} />
      </Tabs.Panel>
      <Tabs.Panel value="points" pt="md">
        <PointsTab customer={props.customer} />
      </Tabs.Panel>
      <Tabs.Panel value="mails" pt="md">
        <Mails customerId={id} />
      </Tabs.Panel>
      <Tabs.Panel value="stage" pt="md">
        <StageSection customer={props.customer} />
      </Tabs.Panel>
      <Tabs.Panel value="identities" pt="md">
        <Identities customerId={id} />
        <Merges customerId={id} />
        <Nearby customerId={id} />
      </Tabs.Panel>
      <Tabs.Panel value="consents" pt="md">
        <Consents customerId={id} name={props.customer.displayName} />
      </Tabs.Panel>
    </Tabs>
  );
}
