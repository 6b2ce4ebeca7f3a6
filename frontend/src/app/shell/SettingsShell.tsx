import { useViewer } from '#lib/viewer';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { settings } from './nav';
import classes from './SettingsShell.module.css';

/** The settings: their own navigation beside the page or, where there is no room, above it. */
export function SettingsShell() {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const { pathname } = useLocation();
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const open = strip.current?.querySelector<HTMLElement>('[data-active]');
    const list = strip.current;
    // Where the places stand in one line, the open one stays in sight.
    if (list && open && pathname) list.scrollLeft = open.offsetLeft - (list.clientWidth - open.offsetWidth) / 2;
  }, [pathname]);
  return (
    <div className={classes.shell}>
      <nav ref={strip} className={classes.nav} aria-label={t('navGroup.settings')}>
        {settings
          .filter((item) => !item.scope || scopes.includes(item.scope))
          .map(({ key, to, icon: Icon }) => (
            <Link key={key} to={to} className={classes.place} activeProps={{ 'data-active': true }} activeOptions={{ includeSearch: false }}>
              <Icon className={classes.icon} aria-hidden />
              {t(`nav.${key}`)}
            </Link>
          ))}
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}
