import { Alert, Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyValue } from './CopyValue';
import { Dialog } from './Dialog';

/**
 * Values at the only time they are known, each to be copied. The button that
 * says they are kept is the one way out, so that no stray click loses them,
 * unless they can be had again.
 */
export function ShownOnce(props: {
  title: string;
  help: string;
  values: { label: string; value: string }[];
  /** Another like it can be made any time. */
  replaceable?: boolean;
  /** Another act, before the button that closes. */
  beside?: ReactNode;
  onClose: () => void;
}) {
  const { t } = useTranslation('ui');
  const { replaceable = false } = props;
  return (
    <Dialog opened size="lg" title={props.title} onClose={props.onClose} locked={!replaceable} withCloseButton={false}>
      <Stack gap="md">
        <Alert color={replaceable ? 'blue' : 'yellow'}>{props.help}</Alert>
        {props.values.map((each) => (
          <CopyValue key={each.label} titled {...each} />
        ))}
        <Group justify="flex-end" gap="xs">
          {props.beside}
          <Button onClick={props.onClose}>{t(replaceable ? 'close' : 'shownOnce.kept')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
