import {
  PrivacyApproveDocument,
  PrivacyPreviewDocument,
  PrivacyRefuseDocument,
  type PrivacyRequestFieldsFragment,
} from '#gql/privacy/graphql';
import { download } from '#lib/download';
import { useFormat } from '#lib/FormatContext';
import { useNow } from '#lib/useNow';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone, toastFailed } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Alert, Button, Group, Skeleton, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Fates } from './Fates';

const lookAgainMs = 2_000;

/** What can be done with a request: fetch its file, erase, or refuse. */
export function Answer(props: { request: PrivacyRequestFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('privacy');
  const mayAnswer = useScope('privacy:write');
  const [asking, setAsking] = useState<'approve' | 'refuse'>();
  const { request, onChanged } = props;
  const working = request.status === 'WORKING' || request.status === 'FAILED';
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(onChanged, lookAgainMs);
    return () => clearInterval(timer);
  }, [working, onChanged]);

  if (!mayAnswer) return null;
  if (request.kind === 'EXPORT') return request.status === 'DONE' ? <File request={request} /> : null;
  if (request.status !== 'OPEN') return null;
  const close = () => setAsking(undefined);
  return (
    <Group gap="xs" justify="flex-end">
      <Button size="xs" variant="subtle" onClick={() => setAsking('refuse')}>
        {t('refuse.open')}
      </Button>
      <Button size="xs" variant="light" color="red" onClick={() => setAsking('approve')}>
        {t('approve.open')}
      </Button>
      {asking === 'approve' && <Approve request={request} onDone={onChanged} onClose={close} />}
      {asking === 'refuse' && <Refuse request={request} onDone={onChanged} onClose={close} />}
    </Group>
  );
}

function File(props: { request: PrivacyRequestFieldsFragment }) {
  const { t } = useTranslation('privacy');
  const format = useFormat();
  const now = useNow();
  const { request } = props;
  if (!request.fileExpiresAt || new Date(request.fileExpiresAt) <= now) {
    return (
      <Text size="xs" c="dimmed">
        {t('expired')}
      </Text>
    );
  }
  const fetchFile = () =>
    download(`/privacy/${request.id}/export.zip`, 'personal-data.zip').catch(() => toastFailed(t('downloadFailed'), ''));
  return (
    <Group gap="xs" justify="flex-end">
      <Text size="xs" c="dimmed">
        {t('downloadUntil', { date: format.date(request.fileExpiresAt) })}
      </Text>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconDownload size="1rem" aria-hidden />}
        onClick={() => void fetchFile()}
      >
        {t('download')}
      </Button>
    </Group>
  );
}

interface Dialog {
  request: PrivacyRequestFieldsFragment;
  onDone: () => void;
  onClose: () => void;
}

/** The second step of an erasure: what it does, and a word to type. */
function Approve(props: Dialog) {
  const { t } = useTranslation('privacy');
  const [typed, setTyped] = useState('');
  const [, approve] = useMutation(PrivacyApproveDocument);
  const { run, errors, busy } = useSubmit();
  const { customer } = props.request;
  const [{ data, error }, reload] = useQuery({
    query: PrivacyPreviewDocument,
    variables: { customerId: customer.id },
    requestPolicy: 'network-only',
  });
  const submit = async () => {
    if (!(await run(approve({ input: { requestId: props.request.id } }), (done) => done.approveErasure.userErrors))) return;
    toastDone(t('approve.done'));
    props.onDone();
    props.onClose();
  };
  return (
    <FormDialog
      size="lg"
      title={t('approve.title', { name: customer.displayName })}
      submit={t('approve.submit')}
      danger
      busy={busy}
      disabled={typed.trim() !== t('approve.word') || !data}
      onSubmit={() => void submit()}
      onClose={props.onClose}
    >
      <FormErrors form="approve" errors={errors} namespace="privacy" />
      {error && !data ? (
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      ) : data ? (
        <Fates preview={data.erasurePreview} />
      ) : (
        <Skeleton height="16rem" />
      )}
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
        {t('preview.forever')}
      </Alert>
      <TextInput label={t('approve.type')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" />
    </FormDialog>
  );
}

function Refuse(props: Dialog) {
  const { t } = useTranslation('privacy');
  const [reason, setReason] = useState('');
  const [, refuse] = useMutation(PrivacyRefuseDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'privacy');
  const submit = async () => {
    const sending = refuse({ input: { requestId: props.request.id, reason } });
    if (!(await run(sending, (data) => data.refusePrivacyRequest.userErrors))) return;
    toastDone(t('refuse.done'));
    props.onDone();
    props.onClose();
  };
  return (
    <FormDialog title={t('refuse.title')} submit={t('refuse.submit')} busy={busy} onSubmit={() => void submit()} onClose={props.onClose}>
      <FormErrors form="refuse" errors={errors} namespace="privacy" />
      <Textarea
        id="refuse-reason"
        label={t('refuse.reason')}
        description={t('refuse.reasonHelp')}
        value={reason}
        error={errorAt('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
