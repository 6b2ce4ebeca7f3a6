import { useViewer } from '#lib/viewer';
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settings } from './nav';
import classes from './SettingsShell.module.css';

/** The settings: their own navigation beside the page, above it where there is no room, and on a phone behind the name of the open one. */
export function SettingsShell() {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const { pathname } = useLocation();
  const places = settings.filter((item) => !item.scope || scopes.includes(item.scope));
  const open = places.find((item) => item.to === pathname);
  // The list is open over one page, and closes as another comes.
  const [listOver, setListOver] = useState<string>();
  const listed = listOver === pathname;
  return (
    <div className={classes.shell}>
      <nav className={classes.nav} aria-label={t('navGroup.settings')}>
        <UnstyledButton
          className={classes.current}
          aria-expanded={listed}
          aria-controls="settings-places"
          onClick={() => setListOver(listed ? undefined : pathname)}
        >
          <span className={classes.currentName}>{t(open ? `nav.${open.key}` : 'nav.settings')}</span>
          <span className={classes.all}>{t('shell.allSettings')}</span>
          <IconChevronDown className={classes.chevron} aria-hidden />
        </UnstyledButton>
        <div id="settings-places" className={classes.places} data-listed={listed || undefined}>
          {places.map(({ key, to, icon: Icon }) => (
            <Link key={key} to={to} className={classes.place} activeProps={{ 'data-active': true }} activeOptions={{ includeSearch: false }} onClick={() => setListOver(undefined)}>
              <Icon className={classes.icon} aria-hidden />
              {t(`nav.${key}`)}
            </Link>
          ))}
        </div>
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}
