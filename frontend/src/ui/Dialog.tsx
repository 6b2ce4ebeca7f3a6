import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCloseOnEscape } from './useCloseOnEscape';

/** A dialog over the page, its close button named. `locked` leaves its own buttons as the one way out. */
export function Dialog(props: Omit<ModalProps, 'closeOnEscape'> & { locked?: boolean }) {
  const { t } = useTranslation('ui');
  const { locked = false, ...rest } = props;
  useCloseOnEscape(props.opened, () => locked || props.onClose());
  return (
    <Modal
      closeOnClickOutside={!locked}
      withCloseButton={!locked}
      closeButtonProps={{ 'aria-label': t('close') }}
      {...rest}
      closeOnEscape={false}
    />
  );
}
