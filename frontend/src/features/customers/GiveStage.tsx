import { CustomerGiveStageDocument, CustomerLadderDocument, CustomerTakeBackStageDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { failureKey } from '#ui/ErrorState';
import { useCalendar } from '#ui/useCalendar';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Select, Text, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { CustomerHead } from './CustomerPage';

/** Gives a member a higher stage than was earned until a day, with the reason; or ends what was given. */
export function GiveStage(props: { customer: CustomerHead; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const calendar = useCalendar();
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const { customer, onClose } = props;
  const given = customer.stage?.byHand;
  const earned = given?.earned ?? customer.stage?.stage;
  const [{ data: ladder }] = useQuery({ query: CustomerLadderDocument });
  const [giving, give] = useMutation(CustomerGiveStageDocument);
  const [taking, takeBack] = useMutation(CustomerTakeBackStageDocument);
  const [stage, setStage] = useState<string | null>(given ? (customer.stage?.stage.id ?? null) : null);
  const [until, setUntil] = useState<string | null>(given?.until ?? null);
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'customers');
  const stages = ladder?.stageLadder.stages ?? [];
  const own = stages.find((one) => one.id === earned?.id)?.position ?? 0;
  const above = stages.filter((one) => one.position > own);

  const done = (error: Parameters<typeof failureKey>[0] | undefined, found: readonly UserError[], words: string) => {
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : found;
    setErrors(refused);
    if (refused.length > 0) return;
    toastDone(words);
    onClose();
  };
  const save = async () => {
    const chosen = stages.find((one) => one.id === stage);
    if (!chosen) {
      setErrors([{ code: 'STAGE_REQUIRED', field: ['stageId'], message: '', params: null }]);
      return;
    }
    const { data, error } = await give({ input: { customerId: customer.id, stageId: chosen.id, until, reason } });
    done(error, data?.giveStage.userErrors ?? [], t('give.done', { name: chosen.name }));
  };
  const end = async () => {
    const { data, error } = await takeBack({ input: { customerId: customer.id, reason } });
    done(error, data?.takeBackStage.userErrors ?? [], t('give.ended'));
  };

  // Nothing stands above what the purchases gave: there is nothing to fill in.
  const highest = ladder !== undefined && above.length === 0;
  return (
    <FormDialog
      title={t('give.title', { name: customer.displayName })}
      submit={t('give.confirm')}
      busy={giving.fetching}
      disabled={above.length === 0}
      beside={
        given && (
          <Button variant="default" onClick={() => void end()} loading={taking.fetching}>
            {t('give.end')}
          </Button>
        )
      }
      onSubmit={save}
      onClose={onClose}
    >
      <FormErrors form="give" errors={errors} namespace="customers" />
      {given && (
        <Text size="sm">
          {t(given.until ? 'stage.byHandUntil' : 'stage.byHandForGood', {
            date: given.until ? format.date(given.until) : '',
            earned: given.earned.name,
          })}
        </Text>
      )}
      {highest && <Text size="sm">{t('give.highest', { name: earned?.name ?? '' })}</Text>}
      {!highest && (
        <>
          <Select
            id="give-stageId"
            label={t('give.stage')}
            description={t('give.stageHelp', { name: earned?.name ?? '' })}
            data={above.map((one) => ({ value: one.id, label: one.name }))}
            disabled={above.length === 0}
            value={stage}
            onChange={setStage}
            error={errorAt('stageId')}
          />
          <DatePickerInput
            {...calendar}
            id="give-until"
            label={t('give.until')}
            description={t('give.untilHelp')}
            clearable
            value={until}
            onChange={setUntil}
            error={errorAt('until')}
          />
          <TextInput
            id="give-reason"
            label={t('give.reason')}
            description={t('give.reasonHelp')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={errorAt('reason')}
          />
        </>
      )}
    </FormDialog>
  );
}
