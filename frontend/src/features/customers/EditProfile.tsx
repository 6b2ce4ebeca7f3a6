import { CustomerUpdateDocument } from '#gql/customers/graphql';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { CustomerHead } from './CustomerPage';
import { AboutFields, WhoFields } from './ProfileFields';
import { type ProfileDraft, profileInput } from './profileFields';

/** Corrects by hand what is known of a customer. */
export function EditProfile(props: { customer: CustomerHead; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { customer } = props;
  const [draft, setDraft] = useState<ProfileDraft>(() => ({
    familyName: customer.familyName,
    givenName: customer.givenName,
    familyKana: customer.familyKana,
    givenKana: customer.givenKana,
    email: customer.email,
    phone: customer.phoneNational,
    postalCode: customer.postalCode.replace(/^(\d{3})(\d{4})$/, '$1-$2'),
    prefecture: customer.prefecture,
    city: customer.city,
    addressLine: customer.addressLine,
    birthDate: customer.birthDate ?? '',
    gender: customer.gender,
  }));
  const [, update] = useMutation(CustomerUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'customers');
  const fields = { form: 'edit', draft, errorAt, onChange: (next: Partial<ProfileDraft>) => setDraft((was) => ({ ...was, ...next })) };

  const save = async () => {
    const input = { id: customer.id, profile: profileInput(draft), clearBirthDate: draft.birthDate === '' };
    if (!(await run(update({ input }), (done) => done.updateCustomer.userErrors))) return;
    toastDone(t('edit.done'));
    props.onClose();
  };

  return (
    <FormDialog title={t('edit.title')} submit={t('edit.save')} size="lg" busy={busy} onSubmit={save} onClose={props.onClose}>
      <FormErrors form="edit" errors={errors} namespace="customers" />
      <WhoFields {...fields} autoFocus />
      <AboutFields {...fields} />
      <Text size="sm" c="dimmed">
        {t('edit.help')}
      </Text>
    </FormDialog>
  );
}
