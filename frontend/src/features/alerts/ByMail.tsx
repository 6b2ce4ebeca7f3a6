import { AlertByMailDocument, AlertSetByMailDocument } from '#gql/alerts/graphql';
import { failureKey } from '#ui/ErrorState';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';

/** Whether new alerts come by mail, too. */
export function ByMail() {
  const { t } = useTranslation('alerts');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText();
  const [{ data }, reload] = useQuery({ query: AlertByMailDocument });
  const [{ fetching }, set] = useMutation(AlertSetByMailDocument);
  const choose = async (wanted: boolean) => {
    const answer = await set({ input: { wanted } });
    const wrong = answer.error ? tUi(failureKey(answer.error)) : answer.data?.setAlertsByMail.userErrors.map(write)[0];
    if (wrong) toastFailed(t('byMail'), wrong);
    reload({ requestPolicy: 'network-only' });
  };
  return (
    <Switch
      size="sm"
      label={t('byMail')}
      description={t('byMailHint')}
      disabled={!data || fetching}
      checked={data?.alertsByMail ?? false}
      onChange={(event) => void choose(event.currentTarget.checked)}
    />
  );
}
