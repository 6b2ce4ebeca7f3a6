import type { CampaignHeadFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { Alert } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePauseWords } from '../usePauseWords';

/** Says who paused a campaign, when and why, and how many wait for it to go on. */
export function Paused(props: { pause: CampaignHeadFragment['pause']; queued: number }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const write = usePauseWords();
  const { pause, queued } = props;
  if (!pause) return null;
  return (
    <Alert color="yellow" role="status" mb="md" icon={<IconPlayerPause aria-hidden />} title={write(pause)}>
      {queued > 0 ? t('paused.waiting', { people: format.people(queued) }) : t('paused.resume')}
    </Alert>
  );
}
