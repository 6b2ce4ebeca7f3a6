import { type StageLadderFieldsFragment, StageSaveLadderDocument, StageTrialDocument } from '#gql/stages/graphql';
import { useScope } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Group, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMutation } from 'urql';
import { draftOf, inputOf, type LadderDraft, stageAbove, type StageDraft, type Trial } from './draft';
import { LadderRules } from './LadderRules';
import { StageFields } from './StageFields';
import { SaveDialog, TrialPanel } from './TrialPanel';
import classes from './stages.module.css';

/** The ladder as a form. What it would do to the members of today stands beside it before it is saved. */
export function LadderEditor(props: { ladder: StageLadderFieldsFragment }) {
  const { t } = useTranslation('stages');
  const mayWrite = useScope('settings:write');
  const [saved] = useState(() => draftOf(props.ladder));
  const [draft, setDraft] = useState(saved);
  const dirty = JSON.stringify(inputOf(draft)) !== JSON.stringify(inputOf(saved));
  const trial = useTrial(draft);
  const [asking, setAsking] = useState(false);
  const errorAt = useFieldErrors(trial.errors, 'stages');

  const change = (next: Partial<LadderDraft>) => setDraft((was) => ({ ...was, ...next }));
  const changeStage = (key: string, next: Partial<StageDraft>) =>
    change({ stages: draft.stages.map((stage) => (stage.key === key ? { ...stage, ...next } : stage)) });

  return (
    <section aria-labelledby="ladder-title">
      <UnsavedGuard dirty={dirty} />
      <Title order={2} size="h4" id="ladder-title" mb="md">
        {t('ladder.title')}
      </Title>
      <div className={classes.editor}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void trial.run().then((found) => setAsking(found));
          }}
        >
          <Stack gap="lg">
            <FormErrors form="ladder" errors={trial.errors} namespace="stages" />
            <ol className={classes.stages}>
              {draft.stages.map((stage, i) => (
                <StageFields
                  key={stage.key}
                  stage={stage}
                  index={i}
                  months={draft.window === 'ROLLING'}
                  readOnly={!mayWrite}
                  errorAt={(field) => errorAt(`stages.${i}.${field}`)}
                  onChange={(next) => changeStage(stage.key, next)}
                  onRemove={
                    i > 0 ? () => change({ stages: draft.stages.filter((one) => one.key !== stage.key) }) : undefined
                  }
                />
              ))}
            </ol>
            {mayWrite && draft.stages.length < 20 && (
              <Group>
                <Button
                  variant="default"
                  leftSection={<IconPlus size="1rem" aria-hidden />}
                  onClick={() => change({ stages: [...draft.stages, stageAbove(draft.stages, crypto.randomUUID())] })}
                >
                  {t('ladder.add')}
                </Button>
              </Group>
            )}
            <LadderRules draft={draft} readOnly={!mayWrite} errorAt={errorAt} onChange={change} />
            {mayWrite && (
              <Group gap="xs">
                <Button type="submit" disabled={!dirty} loading={trial.running}>
                  {t('ladder.save')}
                </Button>
                <Button variant="default" disabled={!dirty} onClick={() => setDraft(saved)}>
                  {t('ladder.reset')}
                </Button>
              </Group>
            )}
          </Stack>
        </form>
        <TrialPanel
          draft={draft}
          dirty={dirty}
          trial={trial.result}
          running={trial.running}
          onTry={() => void trial.run()}
        />
      </div>
      {asking && trial.result && (
        <Saving
          ladder={props.ladder}
          draft={draft}
          trial={trial.result}
          onRefused={trial.setErrors}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

/** Tries the draft on the members of today; what was found holds until the draft changes. */
function useTrial(draft: LadderDraft) {
  const { t: tUi } = useTranslation('ui');
  const client = useClient();
  const withPeople = useScope('customers:read');
  const [running, setRunning] = useState(false);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [found, setFound] = useState<{ of: string; trial: Trial }>();
  const input = inputOf(draft);
  const of = JSON.stringify(input);

  const run = async () => {
    if (found?.of === of) return true;
    setRunning(true);
    const { data, error } = await client
      .query(StageTrialDocument, { input, withPeople }, { requestPolicy: 'network-only' })
      .toPromise();
    setRunning(false);
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.stageTrial.userErrors ?? []);
    setErrors(refused);
    const trial = data?.stageTrial.trial;
    if (refused.length > 0 || !trial) return false;
    setFound({ of, trial });
    return true;
  };
  return { running, errors, setErrors, run, result: found?.of === of ? found.trial : undefined };
}

/** Asks before another ladder holds, with the figures it touches. */
function Saving(props: {
  ladder: StageLadderFieldsFragment;
  draft: LadderDraft;
  trial: Trial;
  onRefused: (errors: readonly UserError[]) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('stages');
  const { t: tUi } = useTranslation('ui');
  const [{ fetching }, save] = useMutation(StageSaveLadderDocument);
  const confirm = async () => {
    const { data, error } = await save({ input: { ladder: inputOf(props.draft), version: props.ladder.version } });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.saveStageLadder.userErrors ?? []);
    props.onRefused(refused);
    props.onClose();
    if (refused.length > 0) return;
    toastDone(t('ladder.saved'));
  };
  return (
    <SaveDialog
      draft={props.draft}
      trial={props.trial}
      busy={fetching}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    />
  );
}
