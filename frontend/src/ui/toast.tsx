import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import classes from './toast.module.css';

/** Says that something was done, in passing. */
export const toastDone = (message: string): void => {
  notifications.show({
    message,
    icon: <IconCheck className={classes.icon} aria-hidden />,
    color: 'green',
    autoClose: 4000,
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
  });
};
