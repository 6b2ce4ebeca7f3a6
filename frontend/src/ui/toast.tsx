import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { getI18n } from 'react-i18next';
import classes from './toast.module.css';

const closing = () => ({ 'aria-label': getI18n().t('ui:close') });

/** Long enough to read what was done and to change one's mind. */
const undoMs = 12_000;

/** Says that something was done, in passing; with a way back it stays a little longer. */
export const toastDone = (message: string, back?: { label: string; run: () => void }): void => {
  const id = notifications.show({
    message: back ? (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        {message}
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            back.run();
          }}
        >
          {back.label}
        </Button>
      </Group>
    ) : (
      message
    ),
    icon: <IconCheck className={classes.icon} aria-hidden />,
    color: 'green',
    autoClose: back ? undoMs : 4000,
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
