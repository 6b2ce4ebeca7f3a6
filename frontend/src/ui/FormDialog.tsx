import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog';

/**
 * A form over the page: its fields, a way out, and the button that does it. The
 * title names the object, the button the act.
 */
export function FormDialog(props: {
  title: string;
  children: ReactNode;
  /** Words of the button that sends the form. */
  submit: string;
  busy?: boolean;
  disabled?: boolean;
  danger?: boolean;
  size?: string;
  /** Another act, between the way out and the button. */
  beside?: ReactNode;
  onSubmit: () => unknown;
  onClose: () => void;
}) {
  const { t } = useTranslation('ui');
  return (
    <Dialog opened size={props.size} onClose={props.onClose} title={props.title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <Stack gap="md">
          {props.children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t('confirm.cancel')}
            </Button>
            {props.beside}
            <Button
              type="submit"
              color={props.danger ? 'red' : undefined}
              loading={props.busy}
              disabled={props.disabled}
            >
              {props.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
