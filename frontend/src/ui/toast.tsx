import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { getI18n } from 'react-i18next';
import classes from './toast.module.css';

const closing = () => ({ 'aria-label': getI18n().t('ui:close') });

/** Says that something was done, in passing. */
export const toastDone = (message: string): void => {
  notifications.show({
    message,
    icon: <IconCheck className={classes.icon} aria-hidden />,
    color: 'green',
    autoClose: 4000,
    closeButtonProps: closing(),
  });
};

/** Says that something did not work; stays until it is read. */
export const toastFailed = (title: string, message: string): void => {
  notifications.show({
    title,
    message,
    icon: <IconAlertTriangle className={classes.icon} aria-hidden />,
    color: 'red',
    autoClose: false,
    role: 'alert',
    closeButtonProps: closing(),
  });
};
