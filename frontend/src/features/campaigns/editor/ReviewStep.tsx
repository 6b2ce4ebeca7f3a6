import {
  CampaignAudienceDocument,
  type CampaignDraftFragment,
  CampaignFindingsDocument,
  CampaignSendDocument,
} from '#gql/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { MallDot } from '#ui/MallDot';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Anchor, Button, Stack, Table, Text, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { Step } from '../urls';
import classes from './CampaignEditor.module.css';
import type { Draft } from './useDraft';

/** A last look, and the button that sends. */
export function ReviewStep(props: {
  campaign: CampaignDraftFragment;
  draft: Draft;
  flush: () => Promise<number | undefined>;
  go: (step: Step) => void;
}) {
  const { t, i18n } = useTranslation('campaigns');
  const format = useFormat();
  const { campaign, draft } = props;
  const maySend = useScope('campaigns:send');
  const [asked, setAsked] = useState(false);
  const sending = useSend(campaign.id, props.flush);
  const [audience] = useQuery({
    query: CampaignAudienceDocument,
    variables: { id: campaign.id },
    pause: draft.segmentId === null,
  });
  const [findings] = useQuery({
    query: CampaignFindingsDocument,
    variables: { id: campaign.id, locale: i18n.language },
  });
  const reachable = draft.segmentId === null ? 0 : (audience.data?.campaign?.audience.reachable ?? 0);
  const blocked = findings.data?.campaign?.findings.some((finding) => finding.blocks) ?? true;

  return (
    <Stack gap="lg" className={classes.form}>
      <Title order={2}>{t('review.title')}</Title>
      <FormErrors form="send" errors={sending.errors} namespace="campaigns" />
      <Table>
        <Table.Tbody>
          <Row label={t('form.name')} onEdit={() => props.go('audience')}>
            {draft.name}
          </Row>
          <Row label={t('form.segment')} onEdit={() => props.go('audience')}>
            {campaign.segment?.name ?? t('review.none')}
          </Row>
          <Row label={t('reach.reachable')}>{format.people(reachable)}</Row>
          <Row label={t('form.destination')} onEdit={() => props.go('audience')}>
            {t(`destination.${draft.destinationChoice}`)}
          </Row>
          {draft.variants.map((variant) => (
            <Row key={variant.mall} label={<MallDot mall={variant.mall} />} onEdit={() => props.go('content')}>
              {variant.subject || t('preview.noSubject')}
            </Row>
          ))}
        </Table.Tbody>
      </Table>
      {blocked && <Text size="sm">{t('review.blocked')}</Text>}
      {maySend ? (
        <div>
          <Button
            size="md"
            leftSection={<IconSend size="1.125rem" aria-hidden />}
            disabled={blocked || reachable === 0}
            onClick={() => setAsked(true)}
          >
            {t('review.send')}
          </Button>
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          {t('review.maySend')}
        </Text>
      )}
      <ConfirmDialog
        opened={asked}
        title={t('review.askTitle', { name: draft.name })}
        confirm={t('review.confirm', { count: reachable, people: format.people(reachable) })}
        busy={sending.busy}
        onConfirm={() => void sending.send().then(() => setAsked(false))}
        onClose={() => setAsked(false)}
      >
        {t('review.askBody', { people: format.people(reachable) })}
      </ConfirmDialog>
    </Stack>
  );
}

/** Saves what is not saved yet, then sends; the same press never sends twice. */
function useSend(id: string, flush: () => Promise<number | undefined>) {
  const { t: tUi } = useTranslation('ui');
  const [{ fetching }, mutate] = useMutation(CampaignSendDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const key = useRef(crypto.randomUUID());
  const send = async () => {
    const version = await flush();
    if (version === undefined) return;
    const { data, error } = await mutate({ input: { id, version, idempotencyKey: key.current } });
    setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.sendCampaign.userErrors ?? []));
  };
  return { send, errors, busy: fetching };
}

function Row(props: { label: React.ReactNode; children: React.ReactNode; onEdit?: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <Table.Tr>
      <Table.Th w="11rem">{props.label}</Table.Th>
      <Table.Td>{props.children}</Table.Td>
      <Table.Td ta="right">
        {props.onEdit && (
          <Anchor component="button" type="button" size="sm" onClick={props.onEdit}>
            {t('review.edit')}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
