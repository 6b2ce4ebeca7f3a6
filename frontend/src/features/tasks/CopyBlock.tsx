import { Button, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './tasks.module.css';

/** A text to be pasted elsewhere, with the button that copies it. */
export function CopyBlock(props: { label: string; text: string; code?: boolean }) {
  const { t } = useTranslation('ui');
  return (
    <section aria-label={props.label}>
      <Group justify="space-between" mb="0.25rem">
        <Text size="sm" fw={600}>
          {props.label}
        </Text>
        <CopyButton value={props.text}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={copied ? <IconCheck size="1rem" aria-hidden /> : <IconCopy size="1rem" aria-hidden />}
              aria-label={`${props.label}: ${t(copied ? 'copied' : 'copy')}`}
              onClick={copy}
            >
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <pre className={classes.block} data-code={props.code || undefined} tabIndex={0}>
        {props.text}
      </pre>
    </section>
  );
}
