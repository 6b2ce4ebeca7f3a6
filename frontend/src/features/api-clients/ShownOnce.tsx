import { CopyValue } from '#ui/CopyValue';
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** What is shown at the only time it is known. */
export interface Shown {
  kind: 'secret' | 'token';
  name: string;
  clientId?: string;
  value: string;
  /** Where the IDE is, which takes the token along. */
  ide?: string;
}

/** A secret, or a token to try the API with; a secret is closed by its button only, so that no stray click loses it. */
export function ShownOnce(props: { shown: Shown; onClose: () => void }) {
  const { t } = useTranslation('api-clients');
  const { kind, name, clientId, value, ide } = props.shown;
  const precious = kind === 'secret';
  return (
    <Modal
      opened
      size="lg"
      title={t(`shown.${kind}`, { name })}
      onClose={props.onClose}
      withCloseButton={false}
      closeOnClickOutside={!precious}
      closeOnEscape={!precious}
    >
      <Stack gap="md">
        <Alert color={precious ? 'yellow' : 'blue'}>{t(`shown.${kind}Help`)}</Alert>
        {clientId && <Value label={t('clientId')} value={clientId} />}
        <Value label={t(`shown.${kind}Label`)} value={value} />
        <Group justify="flex-end" gap="xs">
          {ide && (
            <Button
              component="a"
              href={`${ide}#token=${value}`}
              target="_blank"
              rel="noopener"
              variant="default"
              rightSection={<IconExternalLink size="1rem" aria-hidden />}
            >
              {t('shown.ide')}
            </Button>
          )}
          <Button onClick={props.onClose}>{t(precious ? 'shown.kept' : 'shown.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Value(props: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm">{props.label}</Text>
      <CopyValue label={props.label} value={props.value} />
    </div>
  );
}
