import { ActionIcon, Popover, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Definition.module.css';

/** The small "i" beside a figure's name: opens on click, so that touch and keyboard reach it too. */
export function Definition(props: { label: string; children: string }) {
  const { t } = useTranslation('ui');
  return (
    <Popover width={280} withArrow shadow="md" position="top">
      <Popover.Target>
        <ActionIcon size="sm" className={classes.button} aria-label={t('figure.definition', { label: props.label })}>
          <IconInfoCircle className={classes.icon} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{props.children}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}
