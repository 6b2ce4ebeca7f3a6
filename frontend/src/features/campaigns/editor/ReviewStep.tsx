import { type CampaignDraftFragment, CampaignFindingsDocument, type FindingFieldsFragment, MallMailsDocument } from '#gql/campaigns/graphql';
import { offersUrl } from '#features/offers/urls';
import { useFormat } from '#lib/FormatContext';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { Anchor, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { focusSpot, spotOf } from '../findings/place';
import type { Step } from '../urls';
import { AsItArrives } from './AsItArrives';
import { Blocking } from './Blocking';
import classes from './CampaignEditor.module.css';
import { findingsContext } from './Findings';
import { OnlyByTools } from './OnlyByTools';
import { SendPanel } from './SendPanel';
import type { Reached } from './useAudience';
import type { Draft } from './useDraft';

/** A last look at what goes to whom, and the panel that sends it now or at an instant. */
export function ReviewStep(props: {
  campaign: CampaignDraftFragment;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  flush: () => Promise<number | undefined>;
  go: (step: Step) => void;
  jump: (finding: FindingFieldsFragment) => void;
  reached: Reached;
}) {
  const { t, i18n } = useTranslation('campaigns');
  const format = useFormat();
  const { campaign, draft } = props;
  const [findings] = useQuery({
    query: CampaignFindingsDocument,
    variables: { id: campaign.id, locale: i18n.language, last: false },
    context: findingsContext,
  });
  const [{ data: tools }] = useQuery({ query: MallMailsDocument, variables: { id: campaign.id }, context: findingsContext });
  const { audience: reach, people } = props.reached;
  const byTools = reach && <OnlyByTools campaignId={campaign.id} refused={reach.refused} people={people} />;
  const blocked = findings.data?.campaign?.findings.some((finding) => finding.blocks) ?? true;
  const toMallMail = (mall: string) => {
    props.go('content');
    focusSpot(spotOf(`mallMails.${mall}.subject`), { excerpt: '' });
  };

  return (
    <Stack gap="lg" className={classes.form}>
      <Title order={2}>{t('review.title')}</Title>
      <Table>
        <Table.Tbody>
          <Row label={t('form.name')} onEdit={() => props.go('audience')}>
            {draft.name}
          </Row>
          <Row label={t('form.segment')} onEdit={() => props.go('audience')}>
            {campaign.segment?.name ?? t('review.none')}
            <Limits campaign={campaign} draft={draft} />
          </Row>
          <Row label={t('reach.reachable')}>
            {reach ? people(reach.reachable) : <Skeleton height="1.25rem" width="6rem" visible={campaign.segment !== null} />}
            {(reach?.shortages ?? []).map((short) => (
              <Text key={short.mall} size="xs" c="var(--mg-warn)">
                {t('review.short', { left: format.number(short.left), people: people(short.without) })}{' '}
                <TextLink {...offersUrl(short.offerId, short.without)} size="xs" underline="always">
                  {t('review.addCodes')}
                </TextLink>
              </Text>
            ))}
            {byTools}
            {reach && reach.heldOut > 0 && (
              <Text size="xs" c="dimmed">
                {t('review.heldOut', { people: people(reach.heldOut) })}
              </Text>
            )}
          </Row>
          <Row label={t('form.destination')} onEdit={() => props.go('audience')}>
            {t(`destination.${draft.destinationChoice}`)}
          </Row>
          {draft.variants.map((variant) => (
            <Row key={variant.mall} label={<MallDot mall={variant.mall} />} onEdit={() => props.go('content')}>
              <AsItArrives
                variant={variant}
                senderName={draft.senderName}
                offer={campaign.variants.find((one) => one.mall === variant.mall)?.offer?.name}
              />
            </Row>
          ))}
          {tools?.campaign?.mallMails.map((mail) => (
            <Row key={mail.mall} label={<MallDot mall={mail.mall} label={t(`mallMail.short.${mail.mall === 'YAHOO' ? 'YAHOO' : 'RAKUTEN'}`)} />} onEdit={() => toMallMail(mail.mall)}>
              <div>{mail.subject || t('preview.noSubject')}</div>
              <Text size="xs" c="dimmed" lineClamp={2}>
                {mail.text || t('review.noText')}
              </Text>
            </Row>
          ))}
        </Table.Tbody>
      </Table>
      <SendPanel
        campaign={campaign}
        draft={draft}
        change={props.change}
        flush={props.flush}
        blocked={blocked}
        because={
          <Blocking
            findings={findings.data?.campaign?.findings ?? []}
            jump={props.jump}
            toAudience={campaign.segment && reach?.reachable === 0 ? () => props.go('audience') : undefined}
          />
        }
        short={reach && without(reach) > 0 ? people(without(reach)) : undefined}
        reachable={reach?.reachable ?? 0}
        people={people(reach?.reachable ?? 0)}
        byTools={byTools}
      />
    </Stack>
  );
}

const without = (reach: { shortages: readonly { without: number }[] }): number =>
  reach.shortages.reduce((sum, one) => sum + one.without, 0);

/** What narrows the audience, in a line each. */
function Limits(props: { campaign: CampaignDraftFragment; draft: Draft }) {
  const { t } = useTranslation('campaigns');
  const { campaign, draft } = props;
  const names = campaign.exclusions.map((segment) => segment.name).join(t('messages.and'));
  const lines = [
    draft.exclusions.length > 0 && t('review.exclusions', { names }),
    draft.frequencyDays > 0 && t('review.frequency', { days: draft.frequencyDays }),
  ].filter((line) => line !== false);
  return lines.map((line) => (
    <Text key={line} size="xs" c="dimmed">
      {line}
    </Text>
  ));
}

function Row(props: { label: React.ReactNode; children: React.ReactNode; onEdit?: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <Table.Tr className={classes.fact}>
      <Table.Th className={`${classes.top} ${classes.label}`}>
        {props.label}
      </Table.Th>
      <Table.Td>{props.children}</Table.Td>
      <Table.Td ta="right" className={`${classes.top} ${classes.edit}`}>
        {props.onEdit && (
          <Anchor component="button" type="button" size="sm" onClick={props.onEdit}>
            {t('review.edit')}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
