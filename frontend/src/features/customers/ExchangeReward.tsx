import { ledgerUrl } from '#features/ledger/urls';
import { CustomerExchangeRewardDocument, CustomerRewardsDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { CustomerHead } from './CustomerPage';

/** Exchanges a customer's points for a gift or an offer. The key is made once per dialog, so that a second press or a retry exchanges nothing more. */
export function ExchangeReward(props: { customer: CustomerHead; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [rewardId, setRewardId] = useState<string | null>(null);
  const [{ data }] = useQuery({ query: CustomerRewardsDocument, requestPolicy: 'cache-and-network' });
  const [, exchange] = useMutation(CustomerExchangeRewardDocument);
  const { run, errors, busy } = useSubmit();
  const rewards = data?.rewards ?? [];
  const chosen = rewards.find((one) => one.id === rewardId);

  const save = async () => {
    if (!chosen) return;
    const input = { customerId: props.customer.id, rewardId: chosen.id, idempotencyKey };
    if (!(await run(exchange({ input }), (found) => found.exchangeReward.userErrors))) return;
    toastDone(t('pointsTab.exchange.done', { name: chosen.name }));
    props.onDone();
    props.onClose();
  };

  return (
    <FormDialog
      title={t('pointsTab.exchange.title', { name: props.customer.displayName })}
      submit={t('pointsTab.exchange.confirm')}
      busy={busy}
      disabled={!chosen}
      onSubmit={save}
      onClose={props.onClose}
    >
      <FormErrors form="exchange" errors={errors} namespace="customers" />
      {data && rewards.length === 0 ? (
        <Text size="sm">
          {t('pointsTab.exchange.none')} <TextLink {...ledgerUrl({ tab: 'rewards' })}>{t('pointsTab.exchange.add')}</TextLink>
        </Text>
      ) : (
        <Select
          label={t('pointsTab.exchange.reward')}
          description={t('pointsTab.available', { points: format.points(props.customer.points.available) })}
          data={rewards.map((one) => ({
            value: one.id,
            label: `${one.name} · ${format.points(one.points)}`,
            disabled: one.stock === 0 || one.points > props.customer.points.available,
          }))}
          value={rewardId}
          onChange={setRewardId}
          data-autofocus
        />
      )}
    </FormDialog>
  );
}
