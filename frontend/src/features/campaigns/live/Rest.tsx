import {
  CampaignRestDocument,
  type CampaignRestQuery,
  CampaignSendRestDocument,
  type CampaignStatus,
} from '#gql/campaigns/graphql';
import { offersUrl } from '#features/offers/urls';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { TextLink } from '#ui/links';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Alert, Button, Group } from '@mantine/core';
import { IconSend, IconTicketOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';

type Waiting = NonNullable<NonNullable<CampaignRestQuery['campaign']>['rest']>;

/** Who got nothing because the codes ran out, and the way to send to them once there are more. */
export function Rest(props: {
  campaignId: string;
  name: string;
  /** How many the live figures name; what is asked for follows them. */
  people: number;
  /** Where the campaign stands now. */
  status: CampaignStatus;
}) {
  const [{ data }, reload] = useQuery({
    query: CampaignRestDocument,
    variables: { id: props.campaignId },
    pause: props.people === 0,
    requestPolicy: 'cache-and-network',
  });
  useEffect(() => {
    // Codes are added on another page, often in another tab.
    const again = () => reload({ requestPolicy: 'network-only' });
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [reload]);
  const asked = useRef(props.people);
  useEffect(() => {
    if (asked.current === props.people) return;
    asked.current = props.people;
    reload({ requestPolicy: 'network-only' });
  }, [reload, props.people]);
  const campaign = data?.campaign;
  if (props.people === 0 || !campaign?.rest) return null;
  return <Waits {...props} version={campaign.version} rest={campaign.rest} />;
}

function Waits(props: { campaignId: string; name: string; version: number; status: CampaignStatus; rest: Waiting }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const write = useErrorText('campaigns');
  const maySend = useScope('campaigns:send');
  const [asked, setAsked] = useState(false);
  const [{ fetching }, send] = useMutation(CampaignSendRestDocument);
  const { rest } = props;
  const people = format.people(rest.people);
  const closed = rest.until ? Date.parse(rest.until) < Date.now() : false;
  const now = format.people(rest.codes);
  const act = async () => {
    const { data } = await send({ input: { id: props.campaignId, version: props.version } });
    setAsked(false);
    const errors = data?.sendCampaignRest.userErrors;
    const [first] = errors ?? [];
    if (!errors || first) toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
  };
  const paused = props.status === 'PAUSED';
  const state = closed ? 'closed' : paused ? 'paused' : rest.codes === 0 ? 'dry' : rest.codes < rest.people ? 'some' : 'enough';

  return (
    <Alert color="yellow" role="status" mb="md" icon={<IconTicketOff aria-hidden />} title={t('rest.title', { people })}>
      {t(`rest.${state}`, { codes: format.number(rest.codes), people, until: rest.until ? format.dateTime(rest.until) : '' })}
      <Group gap="md" mt="xs">
        {maySend && !closed && rest.codes > 0 && (props.status === 'SENT' || props.status === 'SENDING') && (
          <Button
            size="compact-md"
            leftSection={<IconSend size="1rem" aria-hidden />}
            onClick={() => setAsked(true)}
          >
            {t('rest.send', { people: rest.codes < rest.people ? now : people })}
          </Button>
        )}
        {!closed &&
          rest.offers.map((offer) => (
            <TextLink key={offer.id} {...offersUrl(offer.id, rest.offers.length === 1 ? rest.people - rest.codes : undefined)} size="sm" underline="always">
              {t('rest.addCodes', { name: offer.name })}
            </TextLink>
          ))}
      </Group>
      <ConfirmDialog
        opened={asked}
        title={t('rest.askTitle', { name: props.name })}
        confirm={t('rest.confirm')}
        busy={fetching}
        onConfirm={() => void act()}
        onClose={() => setAsked(false)}
      >
        {t('rest.askBody', { people: rest.codes < rest.people ? now : people })}
      </ConfirmDialog>
    </Alert>
  );
}
