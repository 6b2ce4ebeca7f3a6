import { alertsUrl, alertUrl } from '#features/alerts/urls';
import { campaignUrl } from '#features/campaigns/urls';
import { candidatesUrl } from '#features/candidates/urls';
import { importsUrl, importUrl } from '#features/imports/urls';
import { tasksUrl } from '#features/tasks/urls';
import { HomeAlertChangesDocument, HomeAlertsDocument, HomeCandidatesDocument, HomePlannedDocument } from '#gql/home/graphql';
import { useFormat } from '#lib/FormatContext';
import { useAlertWords } from '#lib/useAlertWords';
import { useScope } from '#lib/viewer';
import { Title } from '@mantine/core';
import {
  type Icon,
  IconAlertOctagon,
  IconAlertTriangle,
  IconCalendarExclamation,
  IconChecklist,
  IconChevronRight,
  IconPlayerPause,
  IconRowRemove,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, useSubscription } from 'urql';
import classes from './home.module.css';
import { useImports } from './latest';

interface Matter {
  key: string;
  icon: Icon;
  tone?: 'bad' | 'warn';
  sentence: string;
  link: LinkProps;
}

const most = 7;
const alertsShown = 3;

/** What waits for a person: each matter in a sentence, and the way to it. Nothing waits, nothing is shown. */
export function Attention() {
  const { t } = useTranslation('home');
  const planned = usePlanned();
  const alerts = useAlerts(new Set(planned.map((matter) => matter.key)));
  const waiting = useWaiting();
  const matters = [...alerts, ...planned, ...waiting];
  if (matters.length === 0) return null;
  return (
    <section className={classes.wide} aria-labelledby="attention">
      <Title order={2} id="attention" mb="xs">
        {t('attention.title')}
      </Title>
      <ul className={classes.matters}>
        {matters.slice(0, most).map((matter) => (
          <li key={matter.key}>
            <Link {...matter.link} className={classes.matter}>
              <matter.icon className={classes.mark} data-tone={matter.tone} aria-hidden />
              <span className={classes.grow}>{matter.sentence}</span>
              <IconChevronRight className={classes.chevron} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The alerts nobody looks after yet, live; without those of campaigns of which `told` tells by itself. */
function useAlerts(told: ReadonlySet<string>): Matter[] {
  const { t } = useTranslation('home');
  const write = useAlertWords();
  const [{ data }, reload] = useQuery({ query: HomeAlertsDocument });
  const [{ data: news }] = useSubscription({ query: HomeAlertChangesDocument });
  useEffect(() => {
    if (news) reload({ requestPolicy: 'network-only' });
  }, [news, reload]);
  const open = (data?.alerts.edges ?? [])
    .map((edge) => edge.node)
    .filter((alert) => !alert.acknowledgedAt && !(alert.kind === 'SCHEDULE_BLOCKED' && told.has(alert.subjectId ?? '')));
  const files = open.filter((alert) => alert.kind === 'QUARANTINE_WAITING');
  const folded = files.length > 1;
  const single = folded ? open.filter((alert) => alert.kind !== 'QUARANTINE_WAITING') : open;
  // One more takes the room of the sentence that would tell of it.
  const fits = single.length <= alertsShown + 1;
  const matters = (fits ? single : single.slice(0, alertsShown)).map((alert): Matter => {
    const critical = alert.severity === 'CRITICAL';
    return {
      key: alert.id,
      icon: critical ? IconAlertOctagon : IconAlertTriangle,
      tone: critical ? 'bad' : 'warn',
      sentence: write(alert).title,
      link: alertUrl(alert),
    };
  });
  const several = (key: string, sentence: string, link: LinkProps) => matters.push({ key, icon: IconAlertTriangle, tone: 'warn', sentence, link });
  if (folded) several('files', t('attention.files', { count: files.length }), importsUrl({ held: true }));
  if (!fits) several('alerts', t('attention.moreAlerts', { count: single.length - alertsShown }), alertsUrl());
  return matters;
}

/** Campaigns that will not go as planned unless somebody acts, and tasks. */
function usePlanned(): Matter[] {
  const { t } = useTranslation('home');
  const format = useFormat();
  const [{ data }] = useQuery({ query: HomePlannedDocument, pause: !useScope('campaigns:read') });
  const today = format.day(new Date());
  const nodes = <Node,>(connection?: { edges: readonly { node: Node }[] }) => (connection?.edges ?? []).map((edge) => edge.node);
  const tasks = nodes(data?.tasks);
  const late = tasks.filter((task) => task.dueOn < today).length;
  return [
    ...nodes(data?.scheduled)
      .filter((one) => one.blockedBy.length > 0)
      .map((one): Matter => ({
        key: one.id,
        icon: IconCalendarExclamation,
        tone: 'bad',
        sentence: t('attention.scheduledBlocked', { name: one.name, time: one.scheduledAt ? format.dateTime(one.scheduledAt) : '' }),
        link: campaignUrl(one.id),
      })),
    ...nodes(data?.paused).map((one): Matter => ({
      key: one.id,
      icon: IconPlayerPause,
      tone: 'warn',
      sentence: t('attention.paused', { name: one.name }),
      link: campaignUrl(one.id),
    })),
    ...(tasks.length > 0
      ? [{ key: 'tasks', icon: IconChecklist, tone: late > 0 ? ('warn' as const) : undefined, sentence: taskSentence(t, tasks.length, late), link: tasksUrl() }]
      : []),
  ];
}

function taskSentence(t: ReturnType<typeof useTranslation<'home'>>['t'], open: number, late: number): string {
  return late > 0 ? t('attention.tasksLate', { count: open, late }) : t('attention.tasks', { count: open });
}

/** What piles up: pairs to decide on, rows to mend. */
function useWaiting(): Matter[] {
  const { t } = useTranslation('home');
  const format = useFormat();
  const [{ data }] = useQuery({ query: HomeCandidatesDocument, pause: !useScope('customers:read') });
  const pairs = data?.candidates.totalCount ?? 0;
  const held = (useImports() ?? []).filter((one) => one.status === 'DONE' && one.mendableUntil && one.quarantined > one.mended);
  const rows = held.reduce((sum, one) => sum + one.quarantined - one.mended, 0);
  const [only] = held;
  const matters: Matter[] = [];
  if (pairs > 0) {
    matters.push({ key: 'pairs', icon: IconUsersGroup, sentence: t('attention.candidates', { count: pairs, shown: format.number(pairs) }), link: candidatesUrl() });
  }
  if (only) {
    const link = held.length === 1 ? importUrl(only.id) : importsUrl({ held: true });
    matters.push({ key: 'rows', icon: IconRowRemove, sentence: t('attention.rows', { count: rows, shown: format.number(rows) }), link });
  }
  return matters;
}
