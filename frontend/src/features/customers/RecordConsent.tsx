import { FormDialog } from '#ui/FormDialog';
import {
  type Channel,
  type ConsentState,
  type CustomerConsentFieldsFragment,
  CustomerRecordConsentDocument,
  CustomerShopsDocument,
} from '#gql/customers/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { onlyOne } from '#ui/shop';
import { SegmentedControl, Select, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';

const channels = ['MAIL', 'LINE', 'SMS', 'PUSH', 'POSTAL'] as const satisfies readonly Channel[];

/** Takes down what a customer said about being written to: given with the wording that was shown, or withdrawn. */
export function RecordConsent(props: {
  customerId: string;
  /** The word that this one supersedes; without it, a new one. */
  about?: CustomerConsentFieldsFragment;
  onClose: () => void;
}) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const { about } = props;
  const [{ data }] = useQuery({ query: CustomerShopsDocument });
  const [{ fetching }, record] = useMutation(CustomerRecordConsentDocument);
  const [state, setState] = useState<ConsentState>(about?.state === 'GIVEN' ? 'WITHDRAWN' : 'GIVEN');
  const [channel, setChannel] = useState<Channel>(about?.channel ?? 'MAIL');
  const [chosen, setShop] = useState<string | null>(about?.originShop.id ?? null);
  const shop = chosen ?? onlyOne(data?.shops);
  const [wording, setWording] = useState('');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'customers');

  const save = async () => {
    if (!shop) {
      setErrors([{ code: 'SHOP_REQUIRED', field: ['originShopId'], message: '', params: null }]);
      return;
    }
    const { data: answer, error } = await record({
      input: { customerId: props.customerId, channel, state, originShopId: shop, wording, method: 'STAFF' },
    });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (answer?.recordConsent.userErrors ?? []);
    setErrors(refused);
    if (refused.length > 0) return;
    toastDone(t(state === 'GIVEN' ? 'consents.givenDone' : 'consents.withdrawnDone'));
    props.onClose();
  };

  return (
    <FormDialog
      title={t('consents.record')}
      submit={t(state === 'GIVEN' ? 'consents.saveGiven' : 'consents.saveWithdrawn')}
      busy={fetching}
      danger={state === 'WITHDRAWN'}
      onSubmit={save}
      onClose={props.onClose}
    >
      <FormErrors form="consent" errors={errors} namespace="customers" />
      <SegmentedControl
        aria-label={t('consents.state')}
        value={state}
        onChange={(next) => setState(next as ConsentState)}
        data={[
          { value: 'GIVEN', label: t('consentState.GIVEN') },
          { value: 'WITHDRAWN', label: t('consentState.WITHDRAWN') },
        ]}
      />
      <Select
        id="consent-channel"
        label={t('consents.channel')}
        data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        value={channel}
        onChange={(next) => setChannel((next ?? 'MAIL') as Channel)}
      />
      <Select
        id="consent-originShopId"
        label={t('consents.shop')}
        description={t('consents.shopHelp')}
        data={(data?.shops ?? []).map((one) => ({ value: one.id, label: one.name }))}
        value={shop}
        onChange={setShop}
        error={errorAt('originShopId')}
      />
      {state === 'GIVEN' ? (
        <Textarea
          id="consent-wording"
          label={t('consents.wordingLabel')}
          description={t('consents.wordingHelp')}
          value={wording}
          onChange={(event) => setWording(event.currentTarget.value)}
          error={errorAt('wording')}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('consents.withdrawHelp')}
        </Text>
      )}
    </FormDialog>
  );
}
