import { FormDialog } from '#ui/FormDialog';
import { CampaignTestMailDocument, type CampaignTestMailMutation, type Mall } from '#gql/campaigns/graphql';
import { useViewer } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

type Result = CampaignTestMailMutation['sendTestMail']['results'][number];

const most = 5;

/** Sends one variant, as it is saved, to a few addresses. */
export function TestMail(props: {
  campaignId: string;
  mall: Mall;
  /** Filled in for him; null: an example person. */
  customerId: string | null;
  flush: () => Promise<number | undefined>;
  onClose: () => void;
}) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const { staff } = useViewer();
  const [{ fetching }, send] = useMutation(CampaignTestMailDocument);
  const [to, setTo] = useState<string[]>(staff ? [staff.email] : []);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [refused, setRefused] = useState<readonly Result[]>([]);
  const errorAt = useFieldErrors(errors, 'campaigns');

  const submit = async () => {
    setRefused([]);
    if ((await props.flush()) === undefined) return;
    const { campaignId, mall, customerId } = props;
    const { data, error } = await send({ input: { campaignId, mall, customerId, to } });
    const answer = data?.sendTestMail;
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (answer?.userErrors ?? []);
    setErrors(found);
    if (found.length > 0 || !answer) return;
    const failed = answer.results.filter((result) => !result.accepted);
    setRefused(failed);
    if (failed.length > 0) return;
    toastDone(t('test.sent', { count: answer.results.length }));
    props.onClose();
  };

  return (
    <FormDialog
      title={t('test.title')}
      submit={t('test.send')}
      busy={fetching}
      disabled={to.length === 0}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="test" errors={errors} namespace="campaigns" />
      <TagsInput
        id="test-to"
        label={t('test.to')}
        description={t('test.toHelp')}
        maxTags={most}
        splitChars={[',', ' ', '、', ';']}
        acceptValueOnBlur
        error={errorAt('to')}
        value={to}
        onChange={setTo}
      />
      {refused.length > 0 && (
        <Text size="sm" role="alert">
          {t('test.refused', { list: refused.map((r) => `${r.address} ${r.reply}`.trim()).join(', ') })}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t('test.note')}
      </Text>
    </FormDialog>
  );
}
