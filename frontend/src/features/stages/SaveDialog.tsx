import { type StageLadderFieldsFragment, StageSaveLadderDocument } from '#gql/stages/graphql';
import { useFormat } from '#lib/FormatContext';
import { DateField } from '#ui/DateField';
import { failureKey } from '#ui/ErrorState';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { inputOf, type LadderDraft, tallyOf, type Trial } from './draft';

/** The question before another ladder holds, at once or from a day on, with the figures it touches. */
export function SaveDialog(props: {
  ladder: StageLadderFieldsFragment;
  draft: LadderDraft;
  trial: Trial;
  onSaved: (ladder: StageLadderFieldsFragment) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('stages');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const { ladder, draft, trial, onClose } = props;
  const planned = ladder.planned?.startsOn;
  const [{ fetching }, save] = useMutation(StageSaveLadderDocument);
  const [later, setLater] = useState(!!planned);
  const [day, setDay] = useState<string | null>(planned ?? null);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'stages');
  const tally = tallyOf(trial, draft.stages);

  const submit = async () => {
    if (later && !day) {
      setErrors([{ code: 'PLAN_DAY', field: ['startsOn'], message: '', params: null }]);
      return;
    }
    const startsOn = later ? day : null;
    const { data, error } = await save({ input: { ladder: inputOf(draft), version: ladder.version, startsOn } });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.saveStageLadder.userErrors ?? []);
    setErrors(refused);
    if (refused.length > 0) return;
    toastDone(startsOn ? t('ladder.planned', { day: format.date(startsOn) }) : t('ladder.saved'));
    onClose();
    if (data?.saveStageLadder.ladder) props.onSaved(data.saveStageLadder.ladder);
  };

  return (
    <FormDialog
      title={t('saving.title')}
      submit={t(later ? 'saving.plan' : 'saving.confirm')}
      busy={fetching}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormErrors form="saving" errors={errors} namespace="stages" />
      <Text size="sm">{t('saving.body', { up: format.people(tally.up), down: format.people(tally.down) })}</Text>
      {trial.estimated && (
        <Text size="sm" c="dimmed">
          {t('trial.estimated')}
        </Text>
      )}
      <Radio.Group label={t('saving.when')} value={later ? 'later' : 'now'} onChange={(value) => setLater(value === 'later')}>
        <Stack gap="xs" mt="xs">
          <Radio value="now" disabled={!!planned} label={t('saving.now')} description={planned ? t('saving.plannedFirst') : undefined} />
          <Radio value="later" label={t('saving.later')} description={t(planned ? 'saving.replaces' : 'saving.laterHelp')} />
        </Stack>
      </Radio.Group>
      {later && (
        <DateField id="saving-startsOn" label={t('saving.day')} value={day} error={errorAt('startsOn')} onChange={setDay} />
      )}
    </FormDialog>
  );
}
