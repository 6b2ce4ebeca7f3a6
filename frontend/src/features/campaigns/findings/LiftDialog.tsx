import { FormDialog } from '#ui/FormDialog';
import { FindingLiftDocument, FindingWithdrawDocument, type FindingFieldsFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, type UserError, useFieldErrors } from '#ui/userErrors';
import { useCalendar } from '#ui/useCalendar';
import { Button, Text, Textarea, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './Findings.module.css';

// The findings and the reach are read anew: neither names the override in its answer.
const afterwards = { additionalTypenames: ['Campaign', 'CampaignFinding', 'MallMail'] };

/** Asks for the reason, and where the rule wants it the approval number, for which a rule is lifted for this content. */
export function LiftDialog(props: { finding: FindingFieldsFragment; campaignId: string; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const { finding } = props;
  const [{ fetching }, lift] = useMutation(FindingLiftDocument);
  const [reason, setReason] = useState('');
  const [evidenceNo, setEvidenceNo] = useState('');
  const [validUntil, setValidUntil] = useState<string | null>(null);
  const calendar = useCalendar();
  const format = useFormat();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'campaigns');

  const submit = async () => {
    const input = { campaignId: props.campaignId, ruleId: finding.code, place: finding.place, reason, evidenceNo, validUntil };
    const { data, error } = await lift({ input }, afterwards);
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.overridePolicyFinding.userErrors ?? []);
    setErrors(found);
    if (found.length > 0) return;
    toastDone(t('exception.done', { code: finding.code }));
    props.onClose();
  };

  return (
    <FormDialog
      title={t('exception.title', { code: finding.code })}
      submit={t('exception.confirm')}
      busy={fetching}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Text size="sm">{t('exception.body')}</Text>
      <FormErrors form="lift" errors={errors} namespace="campaigns" />
      <Textarea
        id="lift-reason"
        label={t('exception.reason')}
        description={t('exception.reasonHelp')}
        required
        minRows={2}
        error={errorAt('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {finding.override === 'EVIDENCE' && (
        <TextInput
          id="lift-evidenceNo"
          label={t('exception.evidenceNo')}
          description={t('exception.evidenceNoHelp')}
          required
          error={errorAt('evidenceNo')}
          value={evidenceNo}
          onChange={(event) => setEvidenceNo(event.currentTarget.value)}
        />
      )}
      <DatePickerInput
        {...calendar}
        id="lift-validUntil"
        label={t('exception.until')}
        description={t('exception.untilHelp')}
        clearable
        minDate={format.day(new Date())}
        error={errorAt('validUntil')}
        value={validUntil}
        onChange={setValidUntil}
      />
    </FormDialog>
  );
}

/** Who lifted the rule, when and why; whoever may lift may take it back. */
export function Lifted(props: { override: NonNullable<FindingFieldsFragment['lifted']> }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const may = useScope('policy:override');
  const [{ fetching }, withdraw] = useMutation(FindingWithdrawDocument);
  const { override } = props;
  return (
    <div className={classes.lifted}>
      <Text size="xs">
        {t('exception.by', { name: override.createdBy ?? t('exception.command'), at: format.dateTime(override.createdAt) })}
        <br />
        {override.evidenceNo && (
          <>
            {t('exception.evidence', { number: override.evidenceNo })}
            <br />
          </>
        )}
        {override.validUntil && (
          <>
            {t('exception.validUntil', { date: format.date(override.validUntil) })}
            <br />
          </>
        )}
        {override.reason}
      </Text>
      {may && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={fetching}
          onClick={() => void withdraw({ input: { id: override.id } }, afterwards)}
        >
          {t('exception.withdraw')}
        </Button>
      )}
    </div>
  );
}
