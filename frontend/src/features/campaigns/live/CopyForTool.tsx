import { tasksUrl } from '#features/tasks/urls';
import { CampaignDuplicateDocument, MallMailsDocument } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { TextLink } from '#ui/links';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { campaignUrl, type Tool } from '../urls';

const context = { additionalTypenames: ['MallMail', 'Task'] };

/**
 * The way to people whom a sent campaign left out because only the mall may write
 * to them: the task that went with it or, where there was none, a copy without
 * mails that opens with the text for the mall's tool.
 */
export function CopyForTool(props: { campaignId: string; name: string; tool: Tool }) {
  const { t } = useTranslation('campaigns');
  const { campaignId, tool } = props;
  const navigate = useNavigate();
  const write = useErrorText('campaigns');
  const mayWrite = useScope('campaigns:write');
  const [{ data }] = useQuery({ query: MallMailsDocument, variables: { id: campaignId }, context });
  const [{ fetching }, duplicate] = useMutation(CampaignDuplicateDocument);
  const mails = data?.campaign?.mallMails;
  const words = { name: props.name, tool: t(`mallMail.short.${tool}`) };
  const copy = async () => {
    const answer = await duplicate({ input: { id: campaignId, name: t('forTool.name', words), withoutMails: true } });
    const made = answer.data?.duplicateCampaign.campaign;
    const [first] = answer.data?.duplicateCampaign.userErrors ?? [];
    if (!made) return toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
    const { to, params } = campaignUrl(made.id);
    await navigate({ to, params, search: { step: 'content', tool } });
  };

  if (!mails) return null;
  const task = mails.find((mail) => mail.mall === tool)?.task;
  if (task) {
    return (
      <TextLink {...tasksUrl(task.id)} size="xs" underline="always">
        {t('forTool.task', words)}
      </TextLink>
    );
  }
  if (!mayWrite) return null;
  return (
    <Button
      variant="default"
      size="compact-xs"
      loading={fetching}
      leftSection={<IconCopy size="0.875rem" aria-hidden />}
      onClick={() => void copy()}
    >
      {t('forTool.copy', words)}
    </Button>
  );
}
