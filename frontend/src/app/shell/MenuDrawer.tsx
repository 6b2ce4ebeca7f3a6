import { useCloseOnEscape } from '#ui/useCloseOnEscape';
import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigation } from './Navigation';

/** The navigation on screens without room for it beside the page. */
export function MenuDrawer(props: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  useCloseOnEscape(props.opened, props.onClose);
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      closeOnEscape={false}
      size="xs"
      title="Meguri"
      closeButtonProps={{ 'aria-label': t('shell.closeMenu') }}
    >
      <Navigation />
    </Drawer>
  );
}
