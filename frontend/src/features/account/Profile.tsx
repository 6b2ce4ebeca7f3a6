import { type AccountFieldsFragment, AccountRenameDocument, AccountSetLocaleDocument } from '#gql/account/graphql';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './account.module.css';

/** Name and language. The language counts at once, on the screen and in mails. */
export function Profile(props: { staff: AccountFieldsFragment['staff']; onDone: () => void }) {
  const { t, i18n } = useTranslation('account');
  const { staff } = props;
  const [name, setName] = useState(staff.name);
  const [, rename] = useMutation(AccountRenameDocument);
  const [, setLocale] = useMutation(AccountSetLocaleDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'account');
  const dirty = name !== staff.name;
  const submit = async () => {
    if (!(await run(rename({ input: { name } }), (data) => data.renameAccount.userErrors))) return;
    setName(name.trim());
    toastDone(t('profile.done'));
    props.onDone();
  };
  const speak = async (locale: string | null) => {
    if (!locale || !(await run(setLocale({ input: { locale } }), (data) => data.setLocale.userErrors))) return;
    await i18n.changeLanguage(locale);
    props.onDone();
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <FormErrors form="profile" errors={errors.filter((each) => !each.field)} namespace="account" />
        <Group align="flex-end" gap="sm" wrap="nowrap">
          <TextInput
            flex={1}
            id="profile-name"
            label={t('profile.name')}
            autoComplete="name"
            value={name}
            error={errorAt('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={busy} disabled={!dirty}>
            {t('profile.save')}
          </Button>
        </Group>
        <Select
          id="profile-locale"
          label={t('profile.locale')}
          description={t('profile.localeHelp')}
          value={staff.locale}
          data={[
            { value: 'ja', label: '日本語' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => void speak(value)}
        />
      </Stack>
      <UnsavedGuard dirty={dirty} />
    </form>
  );
}
