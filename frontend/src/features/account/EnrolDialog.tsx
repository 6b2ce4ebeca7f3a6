import { AccountConfirmTotpDocument, type AccountStartTotpMutation, AccountStartTotpDocument } from '#gql/account/graphql';
import { CopyValue } from '#ui/CopyValue';
import { Dialog } from '#ui/Dialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './account.module.css';
import { ProveDialog } from './ProveDialog';

type Enrolment = NonNullable<AccountStartTotpMutation['startTotp']['enrolment']>;

/** Sets the second step up: the password, the code of the app, the recovery codes. */
export function EnrolDialog(props: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [, start] = useMutation(AccountStartTotpDocument);

  if (!enrolment) {
    return (
      <ProveDialog
        title={t('enrol.title')}
        body={t('enrol.prove')}
        confirm={t('enrol.next')}
        prove={async (password, run) => {
          const request = start({ input: { password } });
          if (await run(request, (data) => data.startTotp.userErrors)) {
            setEnrolment((await request).data?.startTotp.enrolment ?? undefined);
          }
        }}
        onClose={props.onClose}
      />
    );
  }
  return (
    <Dialog
      opened
      onClose={props.onClose}
      // Codes that were not kept are lost for good, so that only their button closes.
      locked={codes !== undefined}
      closeOnClickOutside={false}
      title={t(codes ? 'enrol.codesTitle' : 'enrol.title')}
    >
      {codes ? <Codes codes={codes} onDone={props.onClose} /> : <Scan enrolment={enrolment} onCodes={setCodes} />}
    </Dialog>
  );
}

function Scan(props: { enrolment: Enrolment; onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation('account');
  const { enrolment } = props;
  const [code, setCode] = useState('');
  const [, confirm] = useMutation(AccountConfirmTotpDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'account');
  const submit = async () => {
    const request = confirm({ input: { code: code.trim() } });
    if (!(await run(request, (data) => data.confirmTotp.userErrors))) return;
    const codes = (await request).data?.confirmTotp.recoveryCodes;
    if (codes) props.onCodes(codes);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('enrol.scan')}</Text>
        <img src={enrolment.qr} alt={t('enrol.qr')} className={classes.qr} />
        <div>
          <Text size="xs" c="dimmed" mb="xs">
            {t('enrol.type')}
          </Text>
          <CopyValue label={t('enrol.secret')} value={enrolment.secret} />
        </div>
        <FormErrors form="enrol" errors={errors.filter((each) => !each.field)} namespace="account" />
        <TextInput
          id="enrol-code"
          label={t('enrol.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          error={errorAt('code')}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={code.trim() === ''}>
            {t('enrol.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Codes(props: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation('account');
  const { t: tUi } = useTranslation('ui');
  return (
    <Stack gap="md">
      <Text size="sm">{t('enrol.codes')}</Text>
      <ul className={classes.codes}>
        {props.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group justify="flex-end">
        <CopyButton value={props.codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {tUi(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={props.onDone}>{tUi('shownOnce.kept')}</Button>
      </Group>
    </Stack>
  );
}
