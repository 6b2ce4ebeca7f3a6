import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What stands beside a list and leaves it in sight: one row of it, or the form of a new one. */
export function SideDrawer(props: { title: ReactNode; size?: 'md' | 'lg' | 'xl' | 'wide'; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('ui');
  return (
    <Drawer
      opened
      position="right"
      size={props.size === 'wide' ? '62rem' : (props.size ?? 'lg')}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {props.children}
    </Drawer>
  );
}
