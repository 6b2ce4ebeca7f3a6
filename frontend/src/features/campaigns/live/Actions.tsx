import {
  CampaignCancelDocument,
  CampaignDuplicateDocument,
  CampaignResumeDocument,
  type CampaignStatus,
} from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { toastFailed } from '#ui/toast';
import { useErrorText, type UserError } from '#ui/userErrors';
import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconGauge,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconReportSearch,
  IconShieldOff,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ButtonLink } from '#ui/links';
import { MenuLink } from '#ui/MenuLink';
import { campaignUrl, complianceUrl } from '../urls';
import { type Exempt, ExemptionDialog } from './Exemption';
import { PauseDialog } from './PauseDialog';
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
  const mayExempt = useScope('policy:override');
  const [asked, setAsked] = useState(false);
  const [pausing, setPausing] = useState(false);
  const [pacing, setPacing] = useState(false);
  const [exempting, setExempting] = useState(false);
  const [resuming, resume] = useMutation(CampaignResumeDocument);
  const [cancelling, cancel] = useMutation(CampaignCancelDocument);
  const [duplicating, duplicate] = useMutation(CampaignDuplicateDocument);
  const input = { id: props.id };
  const tell = (errors: readonly UserError[] | undefined) => {
    const [first] = errors ?? [];
    if (!errors || first) toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
  };
  const copy = async () => {
    const { data } = await duplicate({ input: { ...input, name: t('copyName', { name: props.name }) } });
    tell(data?.duplicateCampaign.userErrors);
    const made = data?.duplicateCampaign.campaign;
    if (made) await navigate(campaignUrl(made.id));
  };
  // While it goes out, what stops it stands by itself and the rest in a menu.
  const active = props.status === 'SENDING' || props.status === 'PAUSED';
  const compliance = complianceUrl(props.id);

  return (
    <>
      {maySend && props.status === 'SENDING' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size="1rem" aria-hidden />}
          onClick={() => setPausing(true)}
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
          variant="subtle"
          px="xs"
          color="red"
          leftSection={<IconPlayerStop size="1rem" aria-hidden />}
          onClick={() => setAsked(true)}
        >
          {t('cancel')}
        </Button>
      )}
      {active ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={t('more')}>
              <IconDots size="1.125rem" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {maySend && (
              <Menu.Item leftSection={<IconGauge size="1rem" aria-hidden />} onClick={() => setPacing(true)}>
                {t('rate.change')}
              </Menu.Item>
            )}
            {mayExempt && (
              <Menu.Item leftSection={<IconShieldOff size="1rem" aria-hidden />} onClick={() => setExempting(true)}>
                {t('exempt.change')}
              </Menu.Item>
            )}
            <MenuLink {...compliance} leftSection={<IconReportSearch size="1rem" aria-hidden />}>
              {t('compliance')}
            </MenuLink>
            {mayWrite && (
              <Menu.Item leftSection={<IconCopy size="1rem" aria-hidden />} onClick={() => void copy()}>
                {t('duplicate')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <>
          <ButtonLink {...compliance} variant="default" leftSection={<IconReportSearch size="1rem" aria-hidden />}>
            {t('compliance')}
          </ButtonLink>
          {mayWrite && (
            <Button
              variant="default"
              loading={duplicating.fetching}
              leftSection={<IconCopy size="1rem" aria-hidden />}
              onClick={() => void copy()}
            >
              {t('duplicate')}
            </Button>
          )}
        </>
      )}
      {pausing && <PauseDialog id={props.id} name={props.name} onClose={() => setPausing(false)} />}
      {pacing && <RateDialog id={props.id} current={props.rate} onClose={() => setPacing(false)} />}
      {exempting && <ExemptionDialog campaign={props.exempt} onClose={() => setExempting(false)} />}
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
