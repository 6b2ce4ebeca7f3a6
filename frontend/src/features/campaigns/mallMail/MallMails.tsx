import {
  type Mall,
  MallMailRemoveDocument,
  MallMailsDocument,
  MallMailSaveDocument,
  type MallMailFieldsFragment,
} from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { MallDot } from '#ui/MallDot';
import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconMailPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { MallMailForm } from './MallMailForm';
import classes from './MallMail.module.css';

const tools = ['RAKUTEN', 'YAHOO'] as const satisfies readonly Mall[];
const context = { additionalTypenames: ['MallMail', 'Task'] };

/** What staff will send with the malls' own mail tools to customers who may only be reached there. */
export function MallMails(props: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const mayWrite = useScope('campaigns:write');
  const [{ data, error }, reload] = useQuery({ query: MallMailsDocument, variables: { id: props.campaignId }, context });
  const [{ fetching }, save] = useMutation(MallMailSaveDocument);
  const mails = data?.campaign?.mallMails;
  const free = tools.filter((mall) => !mails?.some((mail) => mail.mall === mall));

  return (
    <section className={classes.section} aria-label={t('mallMail.title')}>
      <Title order={2}>{t('mallMail.title')}</Title>
      <Text size="sm" c="dimmed" mb="md" maw="40rem">
        {t('mallMail.body')}
      </Text>
      {error && !data && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Skeleton height="4rem" />}
      <Stack gap="xl">
        {mails?.map((mail) => (
          <OneMail key={mail.mall} mail={mail} campaignId={props.campaignId} />
        ))}
      </Stack>
      {mails && mayWrite && free.length > 0 && (
        <Group gap="xs" mt={mails.length > 0 ? 'lg' : 0}>
          {free.map((mall) => (
            <Button
              key={mall}
              variant="default"
              loading={fetching}
              leftSection={<IconMailPlus size="1rem" aria-hidden />}
              onClick={() => void save({ input: { campaignId: props.campaignId, mall } })}
            >
              {t('mallMail.add', { tool: t(`mallMail.tool.${mall}`) })}
            </Button>
          ))}
        </Group>
      )}
    </section>
  );
}

function OneMail(props: { mail: MallMailFieldsFragment; campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const { mail, campaignId } = props;
  const [{ fetching }, remove] = useMutation(MallMailRemoveDocument);
  const tool = t(`mallMail.tool.${mail.mall === 'YAHOO' ? 'YAHOO' : 'RAKUTEN'}`);
  return (
    <section className={classes.mail} aria-label={tool}>
      <Group justify="space-between" mb="sm">
        <Title order={3}>
          <MallDot mall={mail.mall} label={tool} />
        </Title>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          loading={fetching}
          leftSection={<IconTrash size="1rem" aria-hidden />}
          onClick={() => void remove({ input: { campaignId, mall: mail.mall } }, context)}
        >
          {t('mallMail.remove')}
        </Button>
      </Group>
      <MallMailForm mail={mail} campaignId={campaignId} />
    </section>
  );
}
