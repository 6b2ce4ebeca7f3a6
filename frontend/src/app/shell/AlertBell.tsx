import { ShellAlertsDocument } from '#gql/app/graphql';
import { useFormat } from '#lib/FormatContext';
import { TopPanel, useTopPanel } from '#ui/TopPanel';
import { ActionIcon, Skeleton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { words } from '../i18n';
import classes from './Header.module.css';

const load = async () => {
  const [panel] = await Promise.all([import('#features/alerts/AlertPanel'), words('alerts')()]);
  return { default: panel.AlertPanel };
};
const AlertPanel = lazy(load);

/** How many alerts nobody looks after yet, live; opens them. */
export function AlertBell() {
  const { t } = useTranslation();
  const format = useFormat();
  const { target, panel, close } = useTopPanel();
  const [{ data }] = useSubscription({ query: ShellAlertsDocument });
  const { unacknowledged = 0, critical = 0 } = data?.alertSummary ?? {};
  const label = unacknowledged === 0 ? t('alerts.none') : t('alerts.open', { count: unacknowledged, shown: format.number(unacknowledged) });

  return (
    <>
      <ActionIcon {...target} className={classes.bell} size={36} aria-label={label} onPointerEnter={() => void load()}>
        <IconBell className={classes.icon} aria-hidden />
        {unacknowledged > 0 && (
          <span className={classes.count} data-critical={critical > 0 || undefined} aria-hidden>
            {unacknowledged > 99 ? '99+' : format.number(unacknowledged)}
          </span>
        )}
      </ActionIcon>
      <TopPanel {...panel} label={t('alerts.title')}>
        <Suspense fallback={<Skeleton className={classes.panelShape} />}>
          <AlertPanel news={JSON.stringify(data?.alertSummary)} onGo={close} />
        </Suspense>
      </TopPanel>
    </>
  );
}
