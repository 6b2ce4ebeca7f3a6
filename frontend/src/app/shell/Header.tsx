import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './AccountMenu';
import classes from './Header.module.css';

/** Above every page: the way to the navigation on small screens, and the account. */
export function Header(props: { onMenu: () => void }) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <ActionIcon className={classes.menu} aria-label={t('shell.openMenu')} onClick={props.onMenu}>
        <IconMenu2 className={classes.icon} aria-hidden />
      </ActionIcon>
      <div className={classes.middle} />
      <AccountMenu />
    </header>
  );
}
