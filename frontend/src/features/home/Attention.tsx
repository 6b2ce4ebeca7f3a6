import { campaignUrl } from '#features/campaigns/urls';
import { importUrl } from '#features/imports/urls';
import { brandUrl } from '#features/brand/urls';
import { HomeSenderDocument } from '#gql/home/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { Title } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './home.module.css';
import { useCampaigns, useImports, useMissed } from './latest';

interface Matter {
  key: string;
  sentence: string;
  link: LinkProps;
}

/** What waits for a person: each matter in a sentence, and the way to it. Nothing waits, nothing is shown. */
export function Attention() {
  const { t } = useTranslation('home');
  const matters = useMatters();
  if (matters.length === 0) return null;
  return (
    <section className={classes.wide} aria-labelledby="attention">
      <Title order={2} id="attention" mb="xs">
        {t('attention.title')}
      </Title>
      <ul className={classes.matters}>
        {matters.map((matter) => (
          <li key={matter.key}>
            <Link {...matter.link} className={classes.matter}>
              <IconAlertTriangle className={classes.warn} aria-hidden />
              <span className={classes.grow}>{matter.sentence}</span>
              <IconChevronRight className={classes.chevron} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useMatters(): Matter[] {
  const { t } = useTranslation('home');
  const format = useFormat();
  const [{ data: sender }] = useQuery({ query: HomeSenderDocument, pause: !useScope('settings:read') });
  const imports = useImports() ?? [];
  const campaigns = useCampaigns() ?? [];
  const missed = useMissed();
  const senderMissing = sender && Object.values(sender.senderSettings).some((value) => value === '');

  return [
    ...imports
      .filter((one) => one.status === 'FAILED')
      .map((one) => ({
        key: one.id,
        sentence: t('attention.importFailed', { file: one.fileName }),
        link: importUrl(one.id),
      })),
    ...imports
      .filter((one) => one.status === 'DONE' && one.quarantined > 0)
      .map((one) => ({
        key: one.id,
        sentence: t('attention.quarantined', {
          file: one.fileName,
          count: one.quarantined,
          rows: format.number(one.quarantined),
        }),
        link: importUrl(one.id),
      })),
    ...missed.map((one) => ({
      key: one.id,
      sentence: t('attention.missed', {
        name: one.name,
        time: one.missedSchedule ? format.dateTime(one.missedSchedule.at) : '',
      }),
      link: campaignUrl(one.id),
    })),
    ...campaigns
      .filter((one) => one.status === 'PAUSED')
      .map((one) => ({
        key: one.id,
        sentence: t('attention.paused', { name: one.name }),
        link: campaignUrl(one.id),
      })),
    ...(senderMissing ? [{ key: 'sender', sentence: t('attention.sender'), link: brandUrl() }] : []),
  ];
}
