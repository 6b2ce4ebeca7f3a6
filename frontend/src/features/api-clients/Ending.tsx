import {
  type ApiClientFieldsFragment,
  ApiClientEndTokensDocument,
  ApiClientRevokeDocument,
  ApiClientUpdateDocument,
} from '#gql/api-clients/graphql';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** What is about to stop working. */
export type Ask = { kind: 'revoke'; secretId: string; hint: string } | { kind: 'disable' | 'endTokens' };

/** Asks before something stops working for a partner. */
export function Ending(props: { client: ApiClientFieldsFragment; ask: Ask; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('api-clients');
  const [, update] = useMutation(ApiClientUpdateDocument);
  const [, endTokens] = useMutation(ApiClientEndTokensDocument);
  const [, revoke] = useMutation(ApiClientRevokeDocument);
  const { run, errors, busy } = useSubmit();
  const { ask } = props;
  const { id, name } = props.client;
  const act = () => {
    switch (ask.kind) {
      case 'revoke':
        return run(revoke({ input: { id: ask.secretId } }), (data) => data.revokeApiClientSecret.userErrors);
      case 'disable':
        return run(update({ input: { id, disabled: true } }), (data) => data.updateApiClient.userErrors);
      case 'endTokens':
        return run(endTokens({ input: { id } }), (data) => data.endApiClientTokens.userErrors);
    }
  };
  const confirm = async () => {
    if (!(await act())) return;
    toastDone(t(`ending.${ask.kind}.done`));
    props.onClose();
    props.onDone();
  };
  return (
    <ConfirmDialog
      opened
      danger
      busy={busy}
      title={t(`ending.${ask.kind}.title`, { name, hint: ask.kind === 'revoke' ? ask.hint : '' })}
      confirm={t(ask.kind)}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      <FormErrors form="ending" errors={errors} namespace="api-clients" />
      {t(`ending.${ask.kind}.body`)}
    </ConfirmDialog>
  );
}
