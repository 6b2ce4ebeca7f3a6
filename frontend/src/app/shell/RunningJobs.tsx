import { ShellRunningDocument } from '#gql/app/graphql';
import { useFormat } from '#lib/FormatContext';
import { TopPanel, useTopPanel } from '#ui/TopPanel';
import { Skeleton, UnstyledButton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import classes from './Header.module.css';

const load = () => import('./RunningPanel');
const RunningPanel = lazy(async () => ({ default: (await load()).RunningPanel }));

/** What the server works on, with how far it is, while it works on anything; opens the list of it. */
export function RunningJobs() {
  const { t } = useTranslation();
  const format = useFormat();
  const { target, panel, close } = useTopPanel();
  const [{ data }] = useSubscription({ query: ShellRunningDocument });
  const jobs = data?.runningJobs ?? [];
  if (jobs.length === 0) return null;
  const known = jobs.flatMap((job) => (job.progress === null ? [] : [job.progress]));
  const share = known.reduce((sum, one) => sum + one, 0) / jobs.length;
  const label = t('running.count', { count: jobs.length, shown: format.number(jobs.length) });

  return (
    <>
      <UnstyledButton {...target} className={classes.running} onPointerEnter={() => void load()}>
        <span className={classes.runningWords}>
          {label}
          <span className={classes.runningShare}> {Math.floor(share * 100)}%</span>
        </span>
        <progress className={classes.meter} value={share} max={1} aria-hidden />
      </UnstyledButton>
      <TopPanel {...panel} label={t('running.title')}>
        <Suspense fallback={<Skeleton className={classes.panelShape} />}>
          <RunningPanel jobs={jobs} onGo={close} />
        </Suspense>
      </TopPanel>
    </>
  );
}
