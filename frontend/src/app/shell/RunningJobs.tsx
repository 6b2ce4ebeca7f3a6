import { ShellRunningDocument } from '#gql/app/graphql';
import { useFormat } from '#lib/FormatContext';
import { Popover, Skeleton, UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import classes from './Header.module.css';

const load = () => import('./RunningPanel');
const RunningPanel = lazy(async () => ({ default: (await load()).RunningPanel }));

/** What the server works on, with how far it is, while it works on anything; opens the list of it. */
export function RunningJobs() {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [{ data }] = useSubscription({ query: ShellRunningDocument });
  const jobs = data?.runningJobs ?? [];
  if (jobs.length === 0) return null;
  const known = jobs.flatMap((job) => (job.progress === null ? [] : [job.progress]));
  const share = known.reduce((sum, one) => sum + one, 0) / jobs.length;
  const label = t('running.count', { count: jobs.length, shown: format.number(jobs.length) });

  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width="min(24rem, calc(100vw - 1rem))" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.running}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          onPointerEnter={() => void load()}
        >
          <span className={classes.runningWords}>
            {label}
            <span className={classes.runningShare}> {Math.floor(share * 100)}%</span>
          </span>
          <progress className={classes.meter} value={share} max={1} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('running.title')}>
        {open && (
          <Suspense fallback={<Skeleton className={classes.panelShape} />}>
            <RunningPanel jobs={jobs} onGo={() => setOpen(false)} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
