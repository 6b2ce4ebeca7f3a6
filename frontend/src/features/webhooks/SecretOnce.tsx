import { CopyValue } from '#ui/CopyValue';
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The signing secret of an endpoint, at the only time it is known. */
export interface ShownSecret {
  id: string;
  name: string;
  secret: string;
}

/** Shows a secret until the button is pressed, so that no stray click loses it. */
export function SecretOnce(props: { shown: ShownSecret; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  return (
    <Modal
      opened
      size="lg"
      title={t('secret.title', { name: props.shown.name })}
      onClose={props.onClose}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="md">
        <Alert color="yellow">{t('secret.help')}</Alert>
        <div>
          <Text size="sm">{t('secret.label')}</Text>
          <CopyValue label={t('secret.label')} value={props.shown.secret} />
        </div>
        <Group justify="flex-end">
          <Button onClick={props.onClose}>{t('secret.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
