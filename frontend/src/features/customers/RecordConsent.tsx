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
import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
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
  const [shop, setShop] = useState<string | null>(about?.originShop.id ?? null);
  const [wording, setWording] = useState('');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'customers');

  const save = async (event: React.FormEvent) => {
    event.preventDefault();
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
    <Modal
      opened
      onClose={props.onClose}
      title={t('consents.record')}
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack gap="md">
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
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {tUi('confirm.cancel')}
            </Button>
            <Button type="submit" loading={fetching} color={state === 'WITHDRAWN' ? 'red' : undefined}>
              {t(state === 'GIVEN' ? 'consents.saveGiven' : 'consents.saveWithdrawn')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
