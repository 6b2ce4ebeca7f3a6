import { campaignUrl } from '#features/campaigns/urls';
import { connectionsUrl } from '#features/connections/urls';
import { importUrl } from '#features/imports/urls';
import { netSalesUrl } from '#features/net-sales/urls';
import type { ShellRunningSubscription } from '#gql/app/graphql';
import { Timestamp } from '#ui/Timestamp';
import { Title } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './RunningPanel.module.css';

type Job = ShellRunningSubscription['runningJobs'][number];

/** Everything the server works on, each with how far it is and the way to it. */
export function RunningPanel(props: { jobs: readonly Job[]; onGo: () => void }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('running.title')}>
      <Title order={2} className={classes.head}>
        {t('running.title')}
      </Title>
      <ul className={classes.jobs}>
        {props.jobs.map((job) => (
          <li key={job.kind + (job.subjectId ?? '')}>
            <Link {...pageOf(job)} className={classes.job} onClick={props.onGo}>
              <span className={classes.name}>{job.name || t(whatOf(job.kind))}</span>
              <span className={classes.share}>{job.progress === null ? '' : `${Math.floor(job.progress * 100)}%`}</span>
              <progress className={classes.meter} value={job.progress ?? undefined} max={1} aria-label={job.name || t(whatOf(job.kind))} />
              <span className={classes.note}>
                {t(job.waiting ? 'running.waiting' : `running.kind.${job.kind}`)} · <Timestamp at={job.startedAt} relative />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What work is about that is about no one thing. */
function whatOf(kind: Job['kind']) {
  if (kind === 'NET_SALES') return 'running.netSales';
  return kind === 'BULK' ? 'running.manyCustomers' : 'running.allMembers';
}

function pageOf(job: Job): LinkProps {
  if (job.kind === 'NET_SALES') return netSalesUrl();
  if (!job.subjectId) return { to: '/stages' };
  if (job.kind === 'PULL') return connectionsUrl();
  return job.kind === 'SEND' ? campaignUrl(job.subjectId) : importUrl(job.subjectId);
}
