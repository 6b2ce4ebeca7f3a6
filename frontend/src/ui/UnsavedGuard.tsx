import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from './ConfirmDialog';

/**
 * Asks before a page with unsaved changes is left, by a link as by closing the
 * tab. A move within the page passes, and so does one away from a page that
 * saves by itself and has saved.
 */
export function UnsavedGuard(props: {
  dirty: boolean;
  /** Saves at once; false when it could not. */
  save?: () => Promise<boolean>;
}) {
  const { t } = useTranslation('ui');
  const blocker = useBlocker({
    shouldBlockFn: async ({ current, next }) => props.dirty && current.pathname !== next.pathname && !(await props.save?.()),
    enableBeforeUnload: () => props.dirty,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={blocker.status === 'blocked'}
      title={t('confirm.leaveTitle')}
      confirm={t('confirm.leave')}
      cancel={t('confirm.stay')}
      danger
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {t('confirm.leaveBody')}
    </ConfirmDialog>
  );
}
