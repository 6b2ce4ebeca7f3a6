import { ActionIcon, CopyButton, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './CopyValue.module.css';

/** A value to be pasted elsewhere, with the button that copies it. */
export function CopyValue(props: {
  label: string;
  value: string;
  /** The label stands over it; else something near says what it is. */
  titled?: boolean;
}) {
  const { t } = useTranslation('ui');
  const value = (
    <div className={classes.value}>
      <pre className={classes.code}>{props.value}</pre>
      <CopyButton value={props.value}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'copied' : 'copy')}>
            <ActionIcon
              variant="light"
              size="lg"
              aria-label={`${props.label}: ${t(copied ? 'copied' : 'copy')}`}
              onClick={copy}
            >
              {copied ? <IconCheck className={classes.icon} aria-hidden /> : <IconCopy className={classes.icon} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
  if (!props.titled) return value;
  return (
    <div>
      <Text size="sm">{props.label}</Text>
      {value}
    </div>
  );
}
