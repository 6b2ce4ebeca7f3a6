import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './FilterMenu.module.css';

/** A filter of a list: a button that opens what one may choose, several at once. */
export function FilterMenu<Value extends string>(props: {
  label: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: readonly Value[];
  onChange: (value: Value[]) => void;
}) {
  const chosen = props.value.length;
  return (
    <Popover position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          fw={500}
          rightSection={<IconChevronDown className={classes.chevron} aria-hidden />}
          data-chosen={chosen > 0 || undefined}
          className={classes.button}
        >
          {props.label}
          {chosen > 0 && <span className={classes.count}>{chosen}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.choices}>
        <Checkbox.Group
          aria-label={props.label}
          value={[...props.value]}
          onChange={(value) => props.onChange(value as Value[])}
        >
          <Stack gap="sm">
            {props.options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
