import { CampaignRenderPreviewDocument, type CampaignVariantInput } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { Alert, Button, Group, Modal, SegmentedControl, Skeleton, Text, Title } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconDeviceDesktop, IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './CampaignEditor.module.css';
import { FindingList } from '../findings/FindingList';
import { PreviewPerson } from './PreviewPerson';
import { TestMail } from './TestMail';

const views = ['phone', 'dark', 'text'] as const;
const typingMs = 400;

/** The mail as one customer, or an example person, would get it; follows the typing. */
export function MailPreview(props: {
  campaignId: string;
  variant: CampaignVariantInput;
  senderName: string;
  flush: () => Promise<number | undefined>;
}) {
  const { t, i18n } = useTranslation('campaigns');
  const [view, setView] = useState<(typeof views)[number]>('phone');
  const [wide, { open, close }] = useDisclosure(false);
  const [testing, test] = useDisclosure(false);
  const maySend = useScope('campaigns:send');
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [variant] = useDebouncedValue(props.variant, typingMs);
  const [{ data, error }, reload] = useQuery({
    query: CampaignRenderPreviewDocument,
    variables: {
      locale: i18n.language,
      input: {
        mall: variant.mall,
        subject: variant.subject ?? '',
        mjml: variant.mjml ?? '',
        textBody: variant.textBody ?? '',
        offerId: variant.offerId ?? null,
        senderName: props.senderName,
        campaignId: props.campaignId,
        customerId,
      },
    },
    pause: !variant.mjml,
    requestPolicy: 'network-only',
  });
  if (!variant.mjml) return null;
  const mail = data?.renderPreview;
  // Why there is nothing to see; all else is told in the list of findings, once.
  const findings = mail?.findings.filter((finding) => finding.blocks && finding.origins.length === 0) ?? [];

  return (
    <section aria-label={t('preview.title')}>
      <Title order={2} mb="sm">
        {t('preview.title')}
      </Title>
      <Group justify="space-between" gap="xs" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('preview.view')}
          value={view}
          onChange={(value) => setView(views.find((known) => known === value) ?? 'phone')}
          data={views.map((value) => ({ value, label: t(`preview.${value}`) }))}
        />
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDeviceDesktop size="1rem" aria-hidden />}
          disabled={!mail}
          onClick={open}
        >
          {t('preview.desktop')}
        </Button>
      </Group>
      <PreviewPerson campaignId={props.campaignId} value={customerId} onChange={setCustomerId} />
      {maySend && (
        <Button
          size="compact-sm"
          variant="light"
          mb="sm"
          leftSection={<IconMailForward size="1rem" aria-hidden />}
          disabled={!mail}
          onClick={test.open}
        >
          {t('test.open')}
        </Button>
      )}
      {testing && (
        <TestMail
          campaignId={props.campaignId}
          mall={props.variant.mall}
          customerId={customerId}
          flush={props.flush}
          onClose={test.close}
        />
      )}
      {error && !mail && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {!mail && !error && <Skeleton height="20rem" />}
      {mail && (
        <>
          {findings.length > 0 && (
            <Alert color="yellow" mb="sm" title={t('preview.findings')}>
              <FindingList findings={findings} />
            </Alert>
          )}
          <Text size="sm" mb="xs">
            <b>{mail.subject || t('preview.noSubject')}</b>
            <br />
            {mail.from}
          </Text>
          {mail.sampleCode && (
            <Text size="xs" c="var(--mg-warn)" mb="xs">
              {t('preview.sampleCode')}
            </Text>
          )}
          {view === 'text' ? (
            <pre className={classes.text} tabIndex={0}>
              {mail.text}
            </pre>
          ) : (
            <>
              <Frame html={view === 'dark' ? darkened(mail.html) : mail.html} title={t('preview.phone')} />
              {view === 'dark' && (
                <Text size="xs" c="dimmed" mt="xs">
                  {t('preview.darkNote')}
                </Text>
              )}
            </>
          )}
          <Modal
            opened={wide}
            onClose={close}
            size="54rem"
            title={mail.subject || t('preview.noSubject')}
            closeButtonProps={{ 'aria-label': t('preview.close') }}
          >
            <Frame html={mail.html} title={t('preview.desktop')} />
          </Modal>
        </>
      )}
    </section>
  );
}

/** The mail as apps show it that turn colours round at night; pictures stay as they are. */
const darkened = (html: string): string =>
  html.replace('</head>', '<style>html{filter:invert(0.9) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}</style></head>');

/** The mail shut in: no scripts, no links, no access to this page. */
function Frame(props: { html: string; title: string }) {
  return <iframe className={classes.frame} title={props.title} sandbox="" srcDoc={props.html} />;
}
