import { type StageLadderFieldsFragment, StageTrialDocument } from '#gql/stages/graphql';
import { useScope } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Group, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { draftOf, inputOf, type LadderDraft, stageAbove, type StageDraft, termsOf, type Trial } from './draft';
import { LadderHistory } from './LadderHistory';
import { LadderRules } from './LadderRules';
import { Planned } from './Planned';
import { SaveDialog } from './SaveDialog';
import { StageFields } from './StageFields';
import { TrialPanel } from './TrialPanel';
import classes from './stages.module.css';

/** The ladder as a form. What it would do to the members of today stands beside it before it is saved. */
export function LadderEditor(props: {
  ladder: StageLadderFieldsFragment;
  onChanged: (ladder: StageLadderFieldsFragment) => void;
}) {
  const { t } = useTranslation('stages');
  const mayWrite = useScope('settings:write');
  const [saved] = useState(() => draftOf(termsOf(props.ladder)));
  const [draft, setDraft] = useState(saved);
  const dirty = JSON.stringify(inputOf(draft)) !== JSON.stringify(inputOf(saved));
  const trial = useTrial(draft);
  const [asking, setAsking] = useState(false);
  const [history, setHistory] = useState(false);
  const errorAt = useFieldErrors(trial.errors, 'stages');

  const change = (next: Partial<LadderDraft>) => setDraft((was) => ({ ...was, ...next }));
  const changeStage = (key: string, next: Partial<StageDraft>) =>
    change({ stages: draft.stages.map((stage) => (stage.key === key ? { ...stage, ...next } : stage)) });

  return (
    <section aria-labelledby="ladder-title">
      <UnsavedGuard dirty={dirty} />
      <Planned
        ladder={props.ladder}
        onEdit={() => props.ladder.planned && setDraft(draftOf(props.ladder.planned))}
        onChanged={props.onChanged}
      />
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4" id="ladder-title">
          {t('ladder.title')}
        </Title>
        <Button variant="subtle" size="xs" onClick={() => setHistory(true)}>
          {t('history.open')}
        </Button>
      </Group>
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
        <SaveDialog
          ladder={props.ladder}
          draft={draft}
          trial={trial.result}
          onSaved={props.onChanged}
          onClose={() => setAsking(false)}
        />
      )}
      {history && <LadderHistory onClose={() => setHistory(false)} />}
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
  return { running, errors, run, result: found?.of === of ? found.trial : undefined };
}
