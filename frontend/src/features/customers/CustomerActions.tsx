import { mergeUrl } from '#features/candidates/urls';
import { CustomerEnrollDocument } from '#gql/customers/graphql';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { CustomerHead } from './CustomerPage';
import { GiveStage } from './GiveStage';
import { GrantPoints } from './GrantPoints';

/** What staff may do with a customer: make them a member, or give a member points or a stage. */
export function CustomerActions(props: { customer: CustomerHead }) {
  const { t } = useTranslation('customers');
  const { customer } = props;
  const mayWrite = useScope('customers:write');
  const mayGrant = useScope('points:write');
  const [asking, setAsking] = useState<'enroll' | 'grant' | 'give'>();

  if (customer.anonymous) return null;
  return (
    <>
      {mayWrite && (
        <ButtonLink {...mergeUrl(customer.id)} variant="default">
          {t('merge.open')}
        </ButtonLink>
      )}
      {!customer.memberSince && mayWrite && (
        <Button variant="default" onClick={() => setAsking('enroll')}>
          {t('enroll.open')}
        </Button>
      )}
      {customer.memberSince && mayGrant && (
        <Button variant="default" onClick={() => setAsking('grant')}>
          {t('grant.open')}
        </Button>
      )}
      {customer.stage && mayGrant && (
        <Button variant="default" onClick={() => setAsking('give')}>
          {t('give.open')}
        </Button>
      )}
      <Enroll customer={customer} opened={asking === 'enroll'} onClose={() => setAsking(undefined)} />
      {asking === 'give' && <GiveStage customer={customer} onClose={() => setAsking(undefined)} />}
      {asking === 'grant' && <GrantPoints customer={customer} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function Enroll(props: { customer: CustomerHead; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText();
  const [{ fetching }, enroll] = useMutation(CustomerEnrollDocument);

  const confirm = async () => {
    const { data, error } = await enroll({ input: { customerId: props.customer.id } });
    const refused = data?.enrollCustomer.userErrors[0];
    if (error) toastFailed(tUi('error.save'), tUi(failureKey(error)));
    else if (refused) toastFailed(tUi('error.save'), write(refused));
    else toastDone(t('enroll.done'));
    props.onClose();
  };

  return (
    <ConfirmDialog
      opened={props.opened}
      title={t('enroll.title', { name: props.customer.displayName })}
      confirm={t('enroll.confirm')}
      busy={fetching}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      {t('enroll.body')}
    </ConfirmDialog>
  );
}
