import { CampaignDeleteDocument, CampaignDuplicateDocument } from '#gql/campaigns/graphql';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText, type UserError } from '#ui/userErrors';
import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { campaignsUrl, campaignUrl } from '../urls';
import { useScope } from '#lib/viewer';

/** What can be done with a draft as a whole. */
export function DraftMenu(props: { id: string; name: string }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const write = useErrorText('campaigns');
  const mayWrite = useScope('campaigns:write');
  const [asked, setAsked] = useState(false);
  const [, duplicate] = useMutation(CampaignDuplicateDocument);
  const [deleting, remove] = useMutation(CampaignDeleteDocument);
  const tell = (errors: readonly UserError[] | undefined) => {
    const [first] = errors ?? [];
    if (!errors || first) toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
  };
  if (!mayWrite) return null;

  const copy = async () => {
    const { data } = await duplicate({ input: { id: props.id, name: t('copyName', { name: props.name }) } });
    tell(data?.duplicateCampaign.userErrors);
    const made = data?.duplicateCampaign.campaign;
    if (made) await navigate(campaignUrl(made.id));
  };
  const drop = async () => {
    const { data } = await remove({ input: { id: props.id } });
    setAsked(false);
    tell(data?.deleteCampaign.userErrors);
    if (!data?.deleteCampaign.deletedId) return;
    await navigate(campaignsUrl());
    toastDone(t('deleted', { name: props.name }));
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('more')}>
            <IconDots size="1.125rem" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size="1rem" aria-hidden />} onClick={() => void copy()}>
            {t('duplicate')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size="1rem" aria-hidden />} onClick={() => setAsked(true)}>
            {t('delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked}
        title={t('deleteTitle', { name: props.name })}
        confirm={t('delete')}
        danger
        busy={deleting.fetching}
        onConfirm={() => void drop()}
        onClose={() => setAsked(false)}
      >
        {t('deleteBody')}
      </ConfirmDialog>
    </>
  );
}
