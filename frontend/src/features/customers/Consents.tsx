import { CustomerConsentsDocument, type CustomerConsentFieldsFragment } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { CopyValue } from '#ui/CopyValue';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { MallDot } from '#ui/MallDot';
import { Button, Group, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ConsentEvidence } from './ConsentEvidence';
import classes from './customers.module.css';
import proofs from './evidence.module.css';
import { PersonalData } from './PersonalData';
import { RecordConsent } from './RecordConsent';

type Consent = CustomerConsentFieldsFragment;

/** What the customer allows, as it stands and as it came to be. Nothing here is ever overwritten. */
export function Consents(props: { customerId: string; name: string }) {
  const { t } = useTranslation('customers');
  const mayWrite = useScope('customers:write');
  const [recording, setRecording] = useState<Consent | 'new'>();
  const [shown, setShown] = useState<Consent>();
  const [{ data, error }, reload] = useQuery({
    query: CustomerConsentsDocument,
    variables: { id: props.customerId },
  });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className={classes.bodyShape} role="status" aria-label={t('loading')} />;

  const now = data.customer?.consents ?? [];
  const history = data.customer?.consentHistory ?? [];
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <Text size="sm" c="dimmed" className={classes.grow}>
          {t('consents.help')}
        </Text>
        {mayWrite && (
          <Button variant="default" onClick={() => setRecording('new')}>
            {t('consents.record')}
          </Button>
        )}
      </Group>
      {now.length === 0 ? (
        <EmptyState icon={IconShieldCheck} title={t('consents.empty')}>
          {t('consents.emptyBody')}
        </EmptyState>
      ) : (
        <ul className={classes.consents}>
          {now.map((consent) => (
            <li key={consent.id}>
              <ConsentLine consent={consent} strong onOpen={() => setShown(consent)} />
              {mayWrite && (
                <Button
                  variant="subtle"
                  color={consent.state === 'GIVEN' ? 'red' : undefined}
                  onClick={() => setRecording(consent)}
                >
                  {consent.state === 'GIVEN' ? t('consents.withdraw') : t('consents.giveAgain')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {history.length > 0 && (
        <section aria-labelledby="consent-history">
          <Title order={3} id="consent-history" mb="xs">
            {t('consents.history')}
          </Title>
          <ul className={classes.consents}>
            {history.map((consent) => (
              <li key={consent.id}>
                <ConsentLine consent={consent} onOpen={() => setShown(consent)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.customer?.preferences && (
        <section aria-labelledby="preference-link">
          <Title order={3} id="preference-link" mb="xs">
            {t('preferences.title')}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t('preferences.help')}
            {data.customer.preferences.perMonth > 0 && ` ${t('preferences.perMonth', { count: data.customer.preferences.perMonth })}`}
          </Text>
          <CopyValue label={t('preferences.title')} value={data.customer.preferences.url} />
        </section>
      )}
      <PersonalData customerId={props.customerId} name={props.name} />
      {shown && <ConsentEvidence consent={shown} onClose={() => setShown(undefined)} />}
      {recording && (
        <RecordConsent
          customerId={props.customerId}
          about={recording === 'new' ? undefined : recording}
          onClose={() => setRecording(undefined)}
        />
      )}
    </Stack>
  );
}

function ConsentLine(props: { consent: Consent; strong?: boolean; onOpen: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { consent } = props;
  const given = consent.state === 'GIVEN';
  const Icon = given ? IconCircleCheck : IconCircleX;
  return (
    <div className={classes.consent}>
      <Icon className={given ? classes.given : classes.withdrawn} aria-hidden />
      <div>
        <Text size="sm" fw={props.strong ? 600 : 400}>
          <UnstyledButton fz="inherit" fw="inherit" className={proofs.opens} onClick={props.onOpen}>
            {t('consents.line', { channel: t(`channel.${consent.channel}`), state: t(`consentState.${consent.state}`) })}
          </UnstyledButton>
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <MallDot mall={consent.originShop.mall} label={consent.originShop.name} /> ·{' '}
          {format.dateTime(consent.occurredAt)} · {t(`consentMethod.${consent.method}`)}
        </Text>
        {consent.wording && (
          <Text size="xs" c="dimmed">
            {t('consents.wording', { wording: consent.wording })}
          </Text>
        )}
      </div>
    </div>
  );
}
