import { ActionIcon, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './AccountMenu';
import { AlertBell } from './AlertBell';
import classes from './Header.module.css';
import { useRememberPages } from './recent';
import { RunningJobs } from './RunningJobs';

const loadSearch = () => import('./SearchDialog');
const SearchDialog = lazy(async () => ({ default: (await loadSearch()).SearchDialog }));

/** Above every page: the way to the navigation on small screens, the search, what runs, what needs attention, and the account. */
export function Header(props: { onMenu: () => void }) {
  const { t } = useTranslation();
  const [searching, setSearching] = useState<boolean>();
  const open = () => setSearching(true);
  useRememberPages();
  // Also while a field has the focus: the keys write nothing.
  useHotkeys([['mod+K', open]], []);

  return (
    <header className={classes.header}>
      <ActionIcon hiddenFrom="md" aria-label={t('shell.openMenu')} onClick={props.onMenu}>
        <IconMenu2 className={classes.icon} aria-hidden />
      </ActionIcon>
      <div className={classes.middle}>
        <UnstyledButton
          className={classes.search}
          aria-keyshortcuts="Control+K Meta+K"
          onClick={open}
          onPointerEnter={() => void loadSearch()}
        >
          <IconSearch className={classes.icon} aria-hidden />
          <span className={classes.hint}>{t('search.placeholder')}</span>
          <kbd className={classes.keys} aria-hidden>{/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</kbd>
        </UnstyledButton>
      </div>
      <RunningJobs />
      <AlertBell />
      <AccountMenu />
      {searching !== undefined && (
        <Suspense>
          <SearchDialog opened={searching} onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </header>
  );
}
