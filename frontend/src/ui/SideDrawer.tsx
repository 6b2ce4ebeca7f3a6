import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCloseOnEscape } from './useCloseOnEscape';

/** What stands beside a list and leaves it in sight: one row of it, or the form of a new one. */
export function SideDrawer(props: { title: ReactNode; size?: 'md' | 'lg' | 'xl' | 'wide'; bodyClass?: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('ui');
  useCloseOnEscape(true, props.onClose);
  return (
    <Drawer
      opened
      position="right"
      size={props.size === 'wide' ? '62rem' : (props.size ?? 'lg')}
      onClose={props.onClose}
      closeOnEscape={false}
      title={props.title}
      classNames={{ body: props.bodyClass }}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {props.children}
    </Drawer>
  );
}
