import {
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
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { focusSpot, spotOf } from '../findings/place';
import { MallMailForm } from './MallMailForm';
import classes from './MallMail.module.css';
import { type Tool, tools } from '../urls';

const route = getRouteApi('/shell/campaigns/$campaignId');
const context = { additionalTypenames: ['MallMail', 'Task'] };

/** What staff will send with the malls' own mail tools to customers who may only be reached there. */
export function MallMails(props: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const mayWrite = useScope('campaigns:write');
  const [{ data, error }, reload] = useQuery({ query: MallMailsDocument, variables: { id: props.campaignId }, context });
  const [{ fetching }, save] = useMutation(MallMailSaveDocument);
  const mails = data?.campaign?.mallMails;
  const add = (mall: Tool) => save({ input: { campaignId: props.campaignId, mall } });
  useAskedFor(mails, mayWrite, add);
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
              onClick={() => void add(mall)}
            >
              {t('mallMail.add', { tool: t(`mallMail.tool.${mall}`) })}
            </Button>
          ))}
        </Group>
      )}
    </section>
  );
}

/** Goes to the mail that the address asks for, and begins it where there is none yet. */
function useAskedFor(mails: readonly MallMailFieldsFragment[] | undefined, mayWrite: boolean, add: (tool: Tool) => Promise<unknown>) {
  const { tool } = route.useSearch();
  const navigate = route.useNavigate();
  const begun = useRef(false);
  const there = mails?.some((mail) => mail.mall === tool);
  useEffect(() => {
    if (!tool || there === undefined || begun.current) return;
    begun.current = true;
    const ready = there || !mayWrite ? Promise.resolve() : add(tool);
    void ready.then(() => {
      focusSpot(spotOf(`mallMails.${tool}.subject`), { excerpt: '' });
      begun.current = false;
      void navigate({ search: (was) => ({ ...was, tool: undefined }), resetScroll: false, replace: true });
    });
  }, [tool, there, mayWrite, add, navigate]);
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
