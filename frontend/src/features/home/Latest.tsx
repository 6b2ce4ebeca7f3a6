import { campaignsUrl, campaignUrl } from '#features/campaigns/urls';
import { importsUrl, importUrl } from '#features/imports/urls';
import { useFormat } from '#lib/FormatContext';
import { MallDot } from '#ui/MallDot';
import { TextLink } from '#ui/links';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Group, Text, Title } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './home.module.css';
import { useCampaigns, useImports } from './latest';

const shown = 5;
const campaignColors = {
  DRAFT: 'gray',
  SCHEDULED: 'ai',
  SENDING: 'ai',
  PAUSED: 'yellow',
  SENT: 'green',
  CANCELLED: 'red',
} as const;
const importColors = { QUEUED: 'gray', RUNNING: 'ai', STOPPED: 'yellow', DONE: 'green', FAILED: 'red' } as const;

/** The newest campaigns, those that are being sent first. */
export function LatestCampaigns() {
  const { t } = useTranslation('home');
  const campaigns = useCampaigns();
  if (!campaigns) return null;
  const rows = [
    ...campaigns.filter((one) => one.status === 'SENDING'),
    ...campaigns.filter((one) => one.status !== 'SENDING'),
  ].slice(0, shown);
  return (
    <Latest title={t('campaigns.title')} all={campaignsUrl()} empty={t('campaigns.empty')}>
      {rows.map((one) => (
        <Row
          key={one.id}
          link={campaignUrl(one.id)}
          name={one.name}
          beside={<Badge color={campaignColors[one.status]}>{t(`campaigns.status.${one.status}`)}</Badge>}
        >
          <Timestamp at={one.updatedAt} relative />
        </Row>
      ))}
    </Latest>
  );
}

/** The newest imports. */
export function LatestImports() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const imports = useImports();
  if (!imports) return null;
  return (
    <Latest title={t('imports.title')} all={importsUrl()} empty={t('imports.empty')}>
      {imports.slice(0, shown).map((one) => (
        <Row
          key={one.id}
          link={importUrl(one.id)}
          name={one.fileName}
          beside={<Badge color={importColors[one.status]}>{t(`imports.status.${one.status}`)}</Badge>}
        >
          <MallDot mall={one.shop.mall} label={one.shop.name} /> ·{' '}
          {t('imports.rows', { count: one.rows, rows: format.number(one.rows) })} ·{' '}
          <Timestamp at={one.createdAt} relative />
        </Row>
      ))}
    </Latest>
  );
}

function Latest(props: { title: string; all: LinkProps; empty: string; children: readonly ReactNode[] }) {
  const { t } = useTranslation('home');
  return (
    <section aria-label={props.title}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{props.title}</Title>
        <TextLink {...props.all} size="sm" aria-label={t('allOf', { what: props.title })}>
          {t('all')}
        </TextLink>
      </Group>
      {props.children.length === 0 ? (
        <Text size="sm" c="dimmed">
          {props.empty}
        </Text>
      ) : (
        <ul className={classes.rows}>{props.children}</ul>
      )}
    </section>
  );
}

function Row(props: { link: LinkProps; name: string; beside: ReactNode; children: ReactNode }) {
  return (
    <li>
      <Link {...props.link} className={classes.row}>
        <span className={classes.rowName}>{props.name}</span>
        {props.beside}
        <span className={classes.rowNote}>{props.children}</span>
      </Link>
    </li>
  );
}
