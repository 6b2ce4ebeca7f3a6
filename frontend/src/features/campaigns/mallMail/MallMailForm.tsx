import {
  CampaignChoicesDocument,
  MallMailCreateTaskDocument,
  type MallMailFieldsFragment,
  type MallMailInput,
  MallMailLiveFindingsDocument,
  TaskAssigneesDocument,
} from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { useCalendar } from '#ui/useCalendar';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { toastDone } from '#ui/toast';
import { requestFailed, type UserError, useFieldErrors } from '#ui/userErrors';
import { Button, Group, Select, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChecklist, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { FindingList } from '../findings/FindingList';
import { focusSpot, spotOf } from '../findings/place';
import classes from './MallMail.module.css';
import { useMallMail } from './useMallMail';

const typingMs = 400;
// A rule that is lifted changes what stands here, also where nothing stands yet.
const context = { additionalTypenames: ['CampaignFinding'] };

/** Subject, text and coupon for a mall's mail tool, checked while one types, and the task that is made of it. */
export function MallMailForm(props: { mail: MallMailFieldsFragment; campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const calendar = useCalendar();
  const { mail, campaignId } = props;
  const { draft, change, flush, errors } = useMallMail(campaignId, mail);
  const errorAt = useFieldErrors(errors, 'campaigns');
  const [choices] = useQuery({ query: CampaignChoicesDocument });
  const [assignees] = useQuery({ query: TaskAssigneesDocument });
  const id = (field: string) => `mallMail-${mail.mall}-${field}`;
  const offers = (choices.data?.offers ?? []).filter((offer) => offer.mall === mail.mall);

  return (
    <Stack gap="md">
      <FormErrors form={`mallMail-${mail.mall}`} errors={errors} namespace="campaigns" />
      <Select
        id={id('offer')}
        label={t('mallMail.offer')}
        description={t('mallMail.offerHelp')}
        placeholder={t('content.noOffer')}
        clearable
        data={offers.map((offer) => ({
          value: offer.id,
          label: offer.sharedCode ? t('mallMail.offerOption', { name: offer.name, code: offer.sharedCode }) : offer.name,
        }))}
        value={draft.offerId ?? null}
        onChange={(offerId) => change({ offerId })}
      />
      <TextInput
        id={id('subject')}
        label={t('content.subject')}
        error={errorAt('subject')}
        value={draft.subject ?? ''}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <Textarea
        id={id('text')}
        label={t('mallMail.text')}
        description={t('mallMail.textHelp')}
        autosize
        minRows={6}
        maxRows={20}
        error={errorAt('text')}
        value={draft.text ?? ''}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <Textarea
        id={id('html')}
        className={classes.code}
        label={t('mallMail.html')}
        description={t('mallMail.htmlHelp')}
        autosize
        minRows={3}
        maxRows={16}
        spellCheck={false}
        error={errorAt('html')}
        value={draft.html ?? ''}
        onChange={(event) => change({ html: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <DatePickerInput
          {...calendar}
          label={t('mallMail.sendOn')}
          description={t('mallMail.sendOnHelp')}
          placeholder={t('mallMail.sendOnNone')}
          clearable
          clearButtonProps={{ 'aria-label': t('mallMail.sendOnClear') }}
          value={draft.sendOn ?? null}
          onChange={(sendOn) => change({ sendOn })}
        />
        <Select
          label={t('mallMail.assignee')}
          description={t('mallMail.assigneeHelp')}
          placeholder={t('mallMail.nobody')}
          clearable
          data={(assignees.data?.assignees ?? []).map((staff) => ({ value: staff.id, label: staff.name }))}
          value={draft.assigneeId ?? null}
          onChange={(assigneeId) => change({ assigneeId })}
        />
      </Group>
      <LiveFindings draft={draft} campaignId={campaignId} />
      <MakeTask mail={mail} campaignId={campaignId} flush={flush} />
    </Stack>
  );
}

function LiveFindings(props: { draft: MallMailInput; campaignId: string }) {
  const { t, i18n } = useTranslation('campaigns');
  const [input] = useDebouncedValue(props.draft, typingMs);
  const [{ data }] = useQuery({
    query: MallMailLiveFindingsDocument,
    variables: { input, locale: i18n.language },
    requestPolicy: 'cache-and-network',
    context,
  });
  const findings = data?.mallMailFindings;
  if (!findings) return <Skeleton height="2.5rem" />;
  if (findings.length === 0) {
    return (
      <Text size="sm" className={classes.good}>
        <IconCircleCheck size="1.125rem" color="var(--mg-good)" aria-hidden />
        {t('mallMail.clean')}
      </Text>
    );
  }
  const blocked = findings.some((finding) => finding.blocks);
  const placed = findings.map((finding) => ({ ...finding, place: `mallMails.${input.mall}.${finding.place}` }));
  return (
    <section className={classes.findings} data-blocked={blocked || undefined} aria-live="polite">
      <Text size="sm" fw={600}>
        {t(blocked ? 'mallMail.blocked' : 'mallMail.warned')}
      </Text>
      <FindingList
        findings={placed}
        campaignId={props.campaignId}
        jump={(finding) => focusSpot(spotOf(finding.place), finding)}
      />
    </section>
  );
}

/** Makes the task at once; when the campaign begins, it is made by itself. */
function MakeTask(props: { mail: MallMailFieldsFragment; campaignId: string; flush: () => Promise<boolean> }) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const maySend = useScope('campaigns:send');
  const { mail } = props;
  const [{ fetching }, create] = useMutation(MallMailCreateTaskDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  if (mail.task) {
    return (
      <Text size="sm">
        {t('mallMail.made')}{' '}
        <TextLink to="/tasks" search={{ task: mail.task.id }} underline="always">
          {t('mallMail.toTask')}
        </TextLink>
      </Text>
    );
  }
  const make = async () => {
    if (!(await props.flush())) return;
    const { data, error } = await create({ input: { campaignId: props.campaignId, mall: mail.mall } });
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.createMallMailTask.userErrors ?? []);
    setErrors(found);
    if (found.length === 0) toastDone(t('mallMail.taskMade'));
  };
  return (
    <Stack gap="xs">
      <FormErrors form={`mallMail-${mail.mall}`} errors={errors} namespace="campaigns" />
      <Group gap="sm">
        {maySend && (
          <Button
            variant="light"
            loading={fetching}
            leftSection={<IconChecklist size="1rem" aria-hidden />}
            onClick={() => void make()}
          >
            {t('mallMail.makeTask')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {t('mallMail.byItself')}
        </Text>
      </Group>
    </Stack>
  );
}
