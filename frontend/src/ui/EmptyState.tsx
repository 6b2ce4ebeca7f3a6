import { Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './states.module.css';

/** Stands where there is nothing yet: what this place is for, and the next step. */
export function EmptyState(props: { icon?: Icon; title: string; children?: ReactNode; action?: ReactNode }) {
  const { icon: Icon } = props;
  return (
    <Stack className={classes.state} align="center" gap="xs">
      {Icon && <Icon className={classes.icon} aria-hidden />}
      <Title order={2} size="h3" ta="center">
        {props.title}
      </Title>
      {props.children && (
        <Text className={classes.body} c="dimmed" size="sm" ta="center" maw="28rem" component="div">
          {props.children}
        </Text>
      )}
      {props.action && <div className={classes.action}>{props.action}</div>}
    </Stack>
  );
}
