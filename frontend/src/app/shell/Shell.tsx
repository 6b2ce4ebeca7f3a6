import { ErrorState } from '#ui/ErrorState';
import { ShellViewerDocument } from '#gql/app/graphql';
import { FormatProvider } from '#lib/FormatContext';
import { ViewerContext } from '#lib/viewer';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useSessionStatus } from '#lib/session';
import { ConnectionBanner } from './ConnectionBanner';
import { DemoBanner } from './DemoBanner';
import { Header } from './Header';
import { Navigation } from './Navigation';
import { PageSkeleton } from './PageSkeleton';
import classes from './Shell.module.css';

const MenuDrawer = lazy(async () => ({ default: (await import('./MenuDrawer')).MenuDrawer }));

/** The frame around every page: navigation at the left, search and account above, the page below. */
export function Shell() {
  const status = useSessionStatus();
  const { i18n } = useTranslation();
  const [{ data, error, stale }, reload] = useQuery({ query: ShellViewerDocument });
  const location = useLocation();

  if (status === 'out') return <Navigate to="/sign-in" search={{ next: location.href }} />;
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Frame page={<PageSkeleton />} />;
  if (!data.viewer) return stale ? null : <Navigate to="/sign-in" />;

  return (
    <ViewerContext value={data.viewer}>
      <FormatProvider language={i18n.language} zone={data.viewer.merchant.timeZone}>
        <Frame page={<Outlet />} signedIn />
      </FormatProvider>
    </ViewerContext>
  );
}

function Frame(props: { page: React.ReactNode; signedIn?: boolean }) {
  const { t } = useTranslation();
  const [rail, setRail] = useLocalStorage({ key: 'meguri.nav', defaultValue: false, getInitialValueInEffect: false });
  const [menu, { open, close }] = useDisclosure(false);
  const [everMenu, setEverMenu] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes.
  useEffect(close, [pathname, close]);

  return (
    <div className={classes.shell} data-rail={rail || undefined}>
      <a className={classes.skip} href="#main">
        {t('shell.skip')}
      </a>
      <aside className={classes.side}>
        {props.signedIn && <Navigation rail={rail} onRail={() => setRail(!rail)} />}
      </aside>
      <div className={classes.body}>
        {props.signedIn ? <Header
            onMenu={() => {
              setEverMenu(true);
              open();
            }}
          /> : <div className={classes.bar} />}
        <ConnectionBanner />
        {props.signedIn && <DemoBanner />}
        <main id="main" className={classes.main} tabIndex={-1}>
          {props.page}
        </main>
      </div>
      {props.signedIn && everMenu && (
        <Suspense>
          <MenuDrawer opened={menu} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
