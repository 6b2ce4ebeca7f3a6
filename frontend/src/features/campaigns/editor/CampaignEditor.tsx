import { CampaignFindingsDocument, type CampaignDraftFragment, type CampaignVariantInput, type FindingFieldsFragment } from '#gql/campaigns/graphql';
import { useLatest } from '#lib/useLatest';
import { CampaignBadge } from '#ui/CampaignBadge';
import { FormErrors } from '#ui/FormErrors';
import { malls } from '#ui/malls';
import { PageHeader } from '#ui/PageHeader';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { Alert, Button, Group, Stepper, Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { blockOf } from '../findings/blockOf';
import { BlockPlaces } from '../findings/BlockPlaces';
import { focusSpot, spotOf } from '../findings/place';
import { type StepState, stepStates } from '../findings/steps';
import { MallMails } from '../mallMail/MallMails';
import { campaignsUrl, type Step, steps } from '../urls';
import { AudienceStep } from './AudienceStep';
import classes from './CampaignEditor.module.css';
import { ContentStep } from './ContentStep';
import { DraftMenu } from './DraftMenu';
import { Findings, findingsContext } from './Findings';
import { MailPreview } from './MailPreview';
import { Missed } from './Missed';
import { Reach } from './Reach';
import { ReviewStep } from './ReviewStep';
import { SenderStep } from './SenderStep';
import { RefusedPeople } from './RefusedPeople';
import { useAudience } from './useAudience';
import { type SaveState, useDraft } from './useDraft';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** In place of a step's number or tick, while something in it is open. */
const stateIcons: Record<StepState, React.ReactNode> = { blocked: <IconAlertOctagon size="1.125rem" />, warned: <IconAlertTriangle size="1.125rem" /> };

/** A draft in steps: whom, what, from whom, and a last look. At the right, whom it reaches and what must be mended. */
export function CampaignEditor(props: { campaign: CampaignDraftFragment }) {
  const { t, i18n } = useTranslation('campaigns');
  const { campaign } = props;
  const { step = 'audience', mall, edit } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const editing = useDraft(campaign);
  const at = steps.indexOf(step);
  const hasSegment = editing.draft.segmentId !== null;
  // Beside the content stands the mail: whom it reaches is worked out once one is back.
  const reached = useAudience(campaign.id, { hasSegment, pause: step === 'content' });
  const [{ data: found }] = useLatest({ query: CampaignFindingsDocument, variables: { id: campaign.id, locale: i18n.language }, context: findingsContext });
  const states = stepStates(found?.campaign?.findings ?? [], reached.audience);
  const variant = editing.draft.variants.find((v) => v.mall === mall) ?? editing.draft.variants[0];
  useMadeOffer(variant, editing);
  const go = (next: Step) => void navigate({ search: { step: next } });
  const placeOf = (of: string, line: number) => {
    const body = editing.draft.variants.find((one) => one.mall === of)?.mjml;
    return body && edit !== 'source' ? blockOf(body, line) : undefined;
  };
  const jump = (finding: FindingFieldsFragment) => {
    const spot = spotOf(finding.place);
    const shown = malls.find((known) => known === spot.mall) ?? mall;
    const block = spot.mall && finding.line ? placeOf(spot.mall, finding.line)?.key : undefined;
    void navigate({ search: { step: spot.step, mall: shown, edit } }).then(() => focusSpot(spot, { ...finding, block }));
  };

  return (
    <>
      <UnsavedGuard
        dirty={editing.state === 'unsaved' || editing.state === 'saving' || editing.state === 'failed'}
        save={async () => (await editing.flush()) !== undefined}
      />
      <PageHeader
        title={editing.draft.name || t('newName')}
        back={{ link: campaignsUrl(), label: t('title') }}
        beside={<CampaignBadge status={campaign.status} />}
        actions={
          <>
            <SaveNote state={editing.state} retry={() => void editing.flush()} />
            <DraftMenu id={campaign.id} name={editing.draft.name} />
          </>
        }
      />
      <RefusedPeople campaignId={campaign.id} isDraft />
      {campaign.missedSchedule && <Missed campaignId={campaign.id} missed={campaign.missedSchedule} />}
      <Stepper className={classes.steps} size="sm" active={at} onStepClick={(index) => go(steps[index] ?? 'audience')}>
        {steps.map((key, index) => {
          const state = states[key];
          const label = t(`step.${key}`);
          return (
            // On a phone only the number is seen; the name then still says the step.
            <Stepper.Step
              key={key}
              label={label}
              aria-label={`${index + 1} ${state ? t(`stepState.${state}`, { step: label }) : label}`}
              allowStepSelect
              data-state={state}
              {...(state && { icon: stateIcons[state], progressIcon: index + 1, completedIcon: stateIcons[state] })}
            />
          );
        })}
      </Stepper>
      <div className={classes.columns} data-step={step}>
        <div>
          {editing.state === 'conflict' && (
            <Alert color="yellow" role="alert" mb="md" title={t('conflict.title')}>
              {t('conflict.body')}
            </Alert>
          )}
          {editing.state === 'failed' && (
            <FormErrors form="campaign" errors={editing.errors} namespace="campaigns" />
          )}
          {step === 'audience' && <AudienceStep draft={editing.draft} change={editing.change} errors={editing.errors} />}
          {step === 'content' && (
            <ContentStep
              campaignId={campaign.id}
              draft={editing.draft}
              change={editing.change}
              current={variant}
              onShow={(shown) => void navigate({ search: { step, mall: shown, edit } })}
            />
          )}
          {step === 'content' && <MallMails campaignId={campaign.id} />}
          {step === 'sender' && <SenderStep draft={editing.draft} change={editing.change} />}
          {step === 'review' && (
            <ReviewStep
              campaign={campaign}
              draft={editing.draft}
              change={editing.change}
              flush={editing.flush}
              go={go}
              jump={jump}
              reached={reached}
            />
          )}
          <div className={classes.foot}>
            {at > 0 ? (
              <Button variant="default" onClick={() => go(steps[at - 1] ?? 'audience')}>
                {t('back')}
              </Button>
            ) : (
              <span />
            )}
            {at < steps.length - 1 && <Button onClick={() => go(steps[at + 1] ?? 'review')}>{t('next')}</Button>}
          </div>
        </div>
        <aside className={classes.aside} aria-label={t('aside')}>
          <BlockPlaces value={placeOf}>
            {step === 'content' && reached.audience && (
              <Text size="sm" c="dimmed">
                {t('reach.lastly', { people: reached.people(reached.audience.reachable) })}
              </Text>
            )}
            {step === 'content' && variant ? (
              <MailPreview
                campaignId={campaign.id}
                variant={variant}
                senderName={editing.draft.senderName}
                flush={editing.flush}
                jump={jump}
              />
            ) : (
              <Reach campaignId={campaign.id} hasSegment={hasSegment} reached={reached} isDraft />
            )}
            <Findings campaignId={campaign.id} hasSegment={hasSegment} jump={jump} />
          </BlockPlaces>
        </aside>
      </div>
    </>
  );
}

/** Chooses the offer that was made for the open variant on the page of offers, which led back here. */
function useMadeOffer(variant: CampaignVariantInput | undefined, { draft, change }: ReturnType<typeof useDraft>) {
  const { offer } = route.useSearch();
  const taken = useRef<string>(undefined);
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  useEffect(() => {
    if (!offer || taken.current === offer) return;
    taken.current = offer;
    if (variant) change({ variants: draft.variants.map((one) => (one === variant ? { ...one, offerId: offer } : one)) });
    void navigate({ search: (was) => ({ ...was, offer: undefined }), resetScroll: false, replace: true });
  }, [offer, variant, draft.variants, change, navigate]);
}

function SaveNote(props: { state: SaveState; retry: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <Group gap="xs">
      <Text size="sm" c={props.state === 'failed' || props.state === 'conflict' ? 'red' : 'dimmed'} aria-live="polite">
        {t(`save.${props.state}`)}
      </Text>
      {props.state === 'failed' && (
        <Button size="compact-sm" variant="subtle" onClick={props.retry}>
          {t('save.retry')}
        </Button>
      )}
    </Group>
  );
}
