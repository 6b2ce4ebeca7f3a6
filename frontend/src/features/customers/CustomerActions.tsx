import { mergeUrl } from '#features/candidates/urls';
import { CustomerEnrollDocument, CustomerOpenMemberPageDocument } from '#gql/customers/graphql';
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
      {customer.memberSince && <OpenMemberPage customer={customer} />}
      <Enroll customer={customer} opened={asking === 'enroll'} onClose={() => setAsking(undefined)} />
      {asking === 'give' && <GiveStage customer={customer} onClose={() => setAsking(undefined)} />}
      {asking === 'grant' && <GrantPoints customer={customer} onClose={() => setAsking(undefined)} />}
    </>
  );
}

/** Shows what the member sees, in a tab of its own. */
function OpenMemberPage({ customer }: { customer: CustomerHead }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText();
  const mayOpen = useScope('members:open');
  const [{ fetching }, ask] = useMutation(CustomerOpenMemberPageDocument);
  if (!mayOpen) return null;
  const open = async () => {
    // Opened before the answer comes: browsers let a click open a tab, and nothing later.
    const tab = window.open('about:blank', '_blank');
    const { data, error } = await ask({ input: { customerId: customer.id } });
    const url = data?.openMemberPage.url;
    const refused = data?.openMemberPage.userErrors[0];
    if (url && tab) {
      tab.opener = null;
      tab.location.replace(url);
      return;
    }
    tab?.close();
    if (error) toastFailed(t('memberPage.failed'), tUi(failureKey(error)));
    else if (refused) toastFailed(t('memberPage.failed'), write(refused));
    else toastFailed(t('memberPage.failed'), t('memberPage.blocked'));
  };
  return (
    <Button variant="default" loading={fetching} onClick={() => void open()}>
      {t('memberPage.open')}
    </Button>
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
