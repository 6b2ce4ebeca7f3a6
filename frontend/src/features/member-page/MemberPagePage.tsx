import { MemberPagePageDocument, type OwnBirthday, type OwnProfileFieldsFragment, type OwnProfilePart, OwnProfileSaveDocument } from '#gql/member-page/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { PageHeader } from '#ui/PageHeader';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Checkbox, Group, NumberInput, Radio, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './memberPage.module.css';

const parts: readonly OwnProfilePart[] = ['NAME', 'KANA', 'GENDER', 'ADDRESS', 'PHONE', 'MAIL'];
const birthdays: readonly OwnBirthday[] = ['BY_SHOP', 'ONCE', 'AGAIN'];

/** What members may change of their profiles. */
export function MemberPagePage() {
  const { t } = useTranslation('member-page');
  const [{ data, error }, reload] = useQuery({ query: MemberPagePageDocument });
  const rules = data?.ownProfileSettings;
  const again = () => reload({ requestPolicy: 'network-only' });
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error && !data ? (
        <ErrorState error={error} retry={again} />
      ) : !rules ? (
        <Skeleton height="24rem" className={classes.form} />
      ) : (
        <RulesForm key={JSON.stringify(rules)} rules={rules} onSaved={again} />
      )}
    </>
  );
}

function RulesForm(props: { rules: OwnProfileFieldsFragment; onSaved: () => void }) {
  const { t } = useTranslation('member-page');
  const mayWrite = useScope('settings:write');
  const [start] = useState(() => ({ parts: props.rules.parts, birthday: props.rules.birthday, birthdayMonths: props.rules.birthdayMonths }));
  const [values, setValues] = useState(start);
  const [, save] = useMutation(OwnProfileSaveDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'member-page');
  const set = (change: Partial<typeof start>) => setValues((was) => ({ ...was, ...change }));
  const dirty = JSON.stringify(values) !== JSON.stringify(start);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!(await run(save({ input: values }), (data) => data.updateOwnProfileSettings.userErrors))) return;
    toastDone(t('saved'));
    props.onSaved();
  };
  const turn = (part: OwnProfilePart, on: boolean) => set({ parts: parts.filter((one) => (one === part ? on : values.parts.includes(one))) });
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <UnsavedGuard dirty={dirty} />
      <Stack gap="xl">
        <FormErrors form="own-profile" errors={errors} namespace="member-page" />
        <section aria-labelledby="parts">
          <Title order={2} id="parts" mb="sm">
            {t('parts.title')}
          </Title>
          <Stack gap="sm">
            {parts.map((part) => (
              <Checkbox
                key={part}
                label={t(`parts.${part}`)}
                checked={values.parts.includes(part)}
                disabled={!mayWrite}
                onChange={(event) => turn(part, event.currentTarget.checked)}
              />
            ))}
            <Text size="xs" c="dimmed">
              {t('parts.help')} {t('parts.mail')}
            </Text>
          </Stack>
        </section>
        <section aria-labelledby="birthday">
          <Title order={2} id="birthday" mb="sm">
            {t('birthday.title')}
          </Title>
          <Stack gap="md">
            <Radio.Group label={t('birthday.label')} value={values.birthday} onChange={(chosen) => set({ birthday: birthdays.find((one) => one === chosen) ?? values.birthday })}>
              <Stack gap="xs" mt="xs">
                {birthdays.map((one) => (
                  <Radio key={one} value={one} label={t(`birthday.${one}`)} disabled={!mayWrite} />
                ))}
              </Stack>
            </Radio.Group>
            {values.birthday === 'AGAIN' && (
              <NumberInput
                id="own-profile-birthdayMonths"
                className={classes.months}
                label={t('birthday.months')}
                suffix={t('birthday.unit')}
                min={12}
                max={120}
                allowDecimal={false}
                hideControls
                readOnly={!mayWrite}
                value={values.birthdayMonths}
                error={errorAt('birthdayMonths')}
                onChange={(months) => set({ birthdayMonths: Number(months) })}
              />
            )}
            <Text size="xs" c="dimmed">
              {t('birthday.why')}
            </Text>
          </Stack>
        </section>
        {mayWrite ? (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!dirty}>
              {t('save')}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {t('readOnly')}
          </Text>
        )}
      </Stack>
    </form>
  );
}
