import {
  SegmentCreateDocument,
  SegmentPreviewDocument,
  SegmentUpdateDocument,
} from '#gql/segments/graphql';
import { useScope } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { PageHeader } from '#ui/PageHeader';
import { toastDone } from '#ui/toast';
import { spokenOf } from '#ui/spoken';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Badge, Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { GroupEditor } from './GroupEditor';
import { PreviewPanel } from './PreviewPanel';
import { type Field, fromRule, type GroupNode, isComplete, nodeAt, toRule } from './rule';
import { RuleContext } from './RuleContext';
import classes from './segments.module.css';
import { SegmentMenu } from './SegmentMenu';
import { Starters } from './Starters';
import { segmentsUrl, segmentUrl } from './urls';

/** What the builder begins with; without an id it is not stored yet. */
interface Draft {
  id?: string;
  name: string;
  description: string;
  rule: unknown;
  /** Its people were chosen one by one; the rule is to be one of them. */
  fixed?: boolean;
  archivedAt?: string | null;
}

const previewAfterMs = 350;

/** The rule at the left, what it means at the right: how many, who, and the sentence. */
export function Builder(props: { segment: Draft; fields: readonly Field[] }) {
  const { t } = useTranslation('segments');
  const { segment } = props;
  const mayWrite = useScope('segments:write') && !segment.archivedAt;
  const fields = useMemo(
    () => new Map(props.fields.map((field) => [field.name, segment.fixed ? field : withoutChoice(field, segment.id)])),
    [props.fields, segment.id, segment.fixed],
  );
  const [name, setName] = useState(segment.name);
  const [description, setDescription] = useState(segment.description);
  const [root, setRoot] = useState<GroupNode>(() => fromRule(segment.rule));
  const preview = usePreview(root, fields);
  const wrong = useMemo(
    () => new Map((preview.data?.errors ?? []).map((error) => [nodeAt(root, error.path).id, error])),
    [preview.data, root],
  );
  const dirty =
    name !== segment.name ||
    description !== segment.description ||
    JSON.stringify(toRule(root)) !== JSON.stringify(toRule(fromRule(segment.rule)));
  const { save, saving, errors } = useSave(segment.id, segment.fixed ?? false);
  const errorAt = useFieldErrors(errors, 'segments');
  const isNew = segment.id === undefined;

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save({ name, description, root, complete: preview.complete });
      }}
    >
      <PageHeader
        title={isNew ? t('newTitle') : segment.name}
        back={{ link: segmentsUrl(), label: t('title') }}
        beside={
          <>
            {segment.fixed && <Badge>{t('fixed.badge')}</Badge>}
            {segment.archivedAt && <Badge color="gray">{t('archived')}</Badge>}
          </>
        }
        actions={
          <>
            {segment.id && <SegmentMenu id={segment.id} name={segment.name} archived={!!segment.archivedAt} />}
            {mayWrite && (
              <Button type="submit" loading={saving} disabled={!dirty && !isNew}>
                {t('save')}
              </Button>
            )}
          </>
        }
      />
      <div className={classes.builder}>
        <Stack gap="lg" className={classes.rule}>
          <FormErrors form="segment" errors={errors} namespace="segments" />
          <TextInput
            id="segment-name"
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errorAt('name')}
            readOnly={!mayWrite}
            maxLength={100}
          />
          <Textarea
            id="segment-description"
            label={t('descriptionLabel')}
            description={t('descriptionHelp')}
            minRows={2}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            error={errorAt('description')}
            readOnly={!mayWrite}
          />
          {isNew && root.children.length === 0 && (
            <Starters
              onPick={(label, rule) => {
                setRoot(fromRule(rule));
                if (name === '') setName(label);
              }}
            />
          )}
          {segment.fixed ? (
            <Text size="sm" c="dimmed">
              {t('fixed.help')}
            </Text>
          ) : (
            <RuleContext value={{ fields, wrong, root, setRoot, readOnly: !mayWrite }}>
              <GroupEditor node={root} depth={1} />
            </RuleContext>
          )}
        </Stack>
        <PreviewPanel
          preview={preview.data}
          error={preview.error}
          fetching={preview.fetching}
          complete={preview.complete}
          everybody={root.children.length === 0}
          rule={preview.rule}
          fixed={segment.fixed}
          retry={preview.retry}
        />
      </div>
      <UnsavedGuard dirty={dirty && mayWrite} />
    </form>
  );
}

/** A segment is not defined by itself. */
const withoutChoice = (field: Field, value: string | undefined): Field =>
  field.choices.some((choice) => choice.value === value)
    ? { ...field, choices: field.choices.filter((choice) => choice.value !== value) }
    : field;

/** Asks what the rule means a moment after it was changed; an unfinished rule leaves the last answer standing. */
function usePreview(root: GroupNode, fields: ReadonlyMap<string, Field>) {
  const { i18n } = useTranslation();
  const complete = isComplete(root, fields);
  const [settled] = useDebouncedValue(root, previewAfterMs);
  const ready = isComplete(settled, fields);
  const rule = useMemo(() => toRule(settled), [settled]);
  const [{ data, error, fetching, stale }, execute] = useQuery({
    query: SegmentPreviewDocument,
    variables: { rule, locale: i18n.language, withMalls: spokenOf(rule).malls.length === 1 },
    pause: !ready,
  });
  return {
    data: data?.segmentPreview,
    rule,
    error,
    fetching: fetching || stale || (complete && settled !== root),
    complete,
    retry: () => execute({ requestPolicy: 'network-only' }),
  };
}

function useSave(id: string | undefined, fixed: boolean) {
  const { t } = useTranslation('segments');
  const { t: tUi } = useTranslation('ui');
  const navigate = useNavigate();
  const [creating, create] = useMutation(SegmentCreateDocument);
  const [updating, update] = useMutation(SegmentUpdateDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);

  const save = async (given: { name: string; description: string; root: GroupNode; complete: boolean }) => {
    const missing: UserError[] = [];
    if (given.name.trim() === '') missing.push(mistake('NAME_REQUIRED', 'name'));
    if (!given.complete) missing.push(mistake('RULE_INCOMPLETE', 'rule'));
    setErrors(missing);
    if (missing.length > 0) return;

    const input = { name: given.name.trim(), description: given.description, rule: toRule(given.root) };
    const change = fixed ? { name: input.name, description: input.description } : input;
    const answer = id === undefined ? await create({ input }) : await update({ input: { id, ...change } });
    const payload = answer.data && ('createSegment' in answer.data ? answer.data.createSegment : answer.data.updateSegment);
    const refused = answer.error ? [requestFailed(tUi(failureKey(answer.error)))] : (payload?.userErrors ?? []);
    setErrors(refused);
    if (refused.length > 0 || !payload?.segment) return;
    toastDone(t('saved', { name: input.name }));
    if (id === undefined) void navigate({ ...segmentUrl(payload.segment.id), replace: true, ignoreBlocker: true });
  };
  return { save, saving: creating.fetching || updating.fetching, errors };
}

const mistake = (code: string, field: string): UserError => ({ code, field: [field], message: '', params: null });
