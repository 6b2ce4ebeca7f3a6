import { useViewer } from '#lib/viewer';
import { TopPanel, useTopPanel } from '#ui/TopPanel';
import { UnstyledButton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './AccountMenu.module.css';

const load = () => import('./AccountPanel');
const AccountPanel = lazy(async () => ({ default: (await load()).AccountPanel }));

/** Who is signed in; opens how the screen looks and speaks to them, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { staff } = useViewer();
  const { target, panel, close } = useTopPanel();
  const label = t('account.menu', { name: staff.name });
  return (
    <>
      <UnstyledButton
        {...target}
        className={classes.target}
        aria-label={label}
        onPointerEnter={() => void load()}
      >
        <span className={classes.avatar} aria-hidden>
          {[...staff.name][0]}
        </span>
      </UnstyledButton>
      <TopPanel {...panel} label={label} narrow>
        <Suspense>
          <AccountPanel onGo={close} />
        </Suspense>
      </TopPanel>
    </>
  );
}
