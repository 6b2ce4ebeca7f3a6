import {
  CampaignCancelDocument,
  CampaignDuplicateDocument,
  CampaignPauseDocument,
  CampaignResumeDocument,
  type CampaignStatus,
} from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { toastFailed } from '#ui/toast';
import { useErrorText, type UserError } from '#ui/userErrors';
import { Button } from '@mantine/core';
import { IconCopy, IconGauge, IconReportSearch, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ButtonLink } from '#ui/links';
import { campaignUrl } from '../urls';
import { type Exempt, Exemption } from './Exemption';
import { RateDialog } from './RateDialog';

/** What can be done with a campaign that has left the editor. */
export function Actions(props: {
  id: string;
  name: string;
  status: CampaignStatus;
  queued: number;
  /** Mails a minute; 0: as fast as the mail server takes them. */
  rate: number;
  exempt: Exempt;
}) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const navigate = useNavigate();
  const write = useErrorText('campaigns');
  const maySend = useScope('campaigns:send');
  const mayWrite = useScope('campaigns:write');
  const [asked, setAsked] = useState(false);
  const [pacing, setPacing] = useState(false);
  const [pausing, pause] = useMutation(CampaignPauseDocument);
  const [resuming, resume] = useMutation(CampaignResumeDocument);
  const [cancelling, cancel] = useMutation(CampaignCancelDocument);
  const [duplicating, duplicate] = useMutation(CampaignDuplicateDocument);
  const input = { id: props.id };
  const tell = (errors: readonly UserError[] | undefined) => {
    const [first] = errors ?? [];
    if (!errors || first) toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
  };
  const active = props.status === 'SENDING' || props.status === 'PAUSED';

  return (
    <>
      {maySend && props.status === 'SENDING' && (
        <Button
          variant="default"
          loading={pausing.fetching}
          leftSection={<IconPlayerPause size="1rem" aria-hidden />}
          onClick={() => void pause({ input }).then((a) => tell(a.data?.pauseCampaign.userErrors))}
        >
          {t('pause')}
        </Button>
      )}
      {maySend && props.status === 'PAUSED' && (
        <Button
          loading={resuming.fetching}
          leftSection={<IconPlayerPlay size="1rem" aria-hidden />}
          onClick={() => void resume({ input }).then((a) => tell(a.data?.resumeCampaign.userErrors))}
        >
          {t('resume')}
        </Button>
      )}
      {maySend && active && (
        <Button
          variant="default"
          leftSection={<IconGauge size="1rem" aria-hidden />}
          onClick={() => setPacing(true)}
        >
          {t('rate.change')}
        </Button>
      )}
      {active && <Exemption campaign={props.exempt} />}
      {pacing && <RateDialog id={props.id} current={props.rate} onClose={() => setPacing(false)} />}
      {maySend && active && (
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconPlayerStop size="1rem" aria-hidden />}
          onClick={() => setAsked(true)}
        >
          {t('cancel')}
        </Button>
      )}
      <ButtonLink
        to="/campaigns/$campaignId/compliance"
        params={{ campaignId: props.id }}
        variant="default"
        leftSection={<IconReportSearch size="1rem" aria-hidden />}
      >
        {t('compliance')}
      </ButtonLink>
      {mayWrite && (
        <Button
          variant="default"
          loading={duplicating.fetching}
          leftSection={<IconCopy size="1rem" aria-hidden />}
          onClick={() =>
            void duplicate({ input: { ...input, name: t('copyName', { name: props.name }) } }).then((answer) => {
              tell(answer.data?.duplicateCampaign.userErrors);
              const made = answer.data?.duplicateCampaign.campaign;
              if (made) void navigate(campaignUrl(made.id));
            })
          }
        >
          {t('duplicate')}
        </Button>
      )}
      <ConfirmDialog
        opened={asked}
        title={t('cancelTitle', { name: props.name })}
        confirm={t('cancel')}
        cancel={t('keepSending')}
        danger
        busy={cancelling.fetching}
        onConfirm={() =>
          void cancel({ input }).then((answer) => {
            tell(answer.data?.cancelCampaign.userErrors);
            setAsked(false);
          })
        }
        onClose={() => setAsked(false)}
      >
        {t('cancelBody', { people: format.people(props.queued) })}
      </ConfirmDialog>
    </>
  );
}
