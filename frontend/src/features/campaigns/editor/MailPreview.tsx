import { CampaignRenderPreviewDocument, type CampaignVariantInput, type FindingFieldsFragment } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { Dialog } from '#ui/Dialog';
import { ErrorState } from '#ui/ErrorState';
import { Alert, Anchor, Button, Group, SegmentedControl, Skeleton, Text, Title } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconDeviceDesktop, IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './CampaignEditor.module.css';
import { usePlaceWords } from '../findings/usePlaceWords';
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
  jump: (finding: FindingFieldsFragment) => void;
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
  const shown = Boolean(mail?.html);
  // What hinders the whole mail; the preview names places within its own variant.
  const hindrance = mail?.findings.find((finding) => finding.blocks && finding.origins.length === 0);
  const place = hindrance && (hindrance.place.includes('.') ? hindrance.place : `variants.${variant.mall}.${hindrance.place}`);

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
          disabled={!shown}
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
          disabled={!shown}
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
      {mail && !shown && <Unshown finding={hindrance && place ? { ...hindrance, place } : undefined} jump={props.jump} />}
      {mail && shown && (
        <>
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
          <Dialog opened={wide} onClose={close} size="54rem" title={mail.subject || t('preview.noSubject')}>
            <Frame html={mail.html} title={t('preview.desktop')} />
          </Dialog>
        </>
      )}
    </section>
  );
}

/** Says why there is nothing to see, and leads to what to mend first; what it is, the list of findings tells. */
function Unshown(props: { finding: FindingFieldsFragment | undefined; jump: (finding: FindingFieldsFragment) => void }) {
  const { t } = useTranslation('campaigns');
  const words = usePlaceWords();
  const { finding, jump } = props;
  return (
    <Alert color="yellow" title={t('preview.unshown')}>
      <Text size="sm">{t('preview.unshownBody')}</Text>
      {finding && (
        <Anchor component="button" type="button" size="sm" onClick={() => jump(finding)}>
          {t('finding.jump', { place: words(finding.place, finding.line) })}
        </Anchor>
      )}
    </Alert>
  );
}

/** The mail as apps show it that turn colours round at night; pictures stay as they are. */
const darkened = (html: string): string =>
  html.replace('</head>', '<style>html{filter:invert(0.9) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}</style></head>');

/** The mail shut in: no scripts, no links, no access to this page. */
function Frame(props: { html: string; title: string }) {
  return <iframe className={classes.frame} title={props.title} sandbox="" srcDoc={props.html} />;
}
