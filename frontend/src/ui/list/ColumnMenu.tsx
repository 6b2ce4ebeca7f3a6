import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ColumnChoice } from './columnChoice';
import classes from './list.module.css';

/** The button that opens the columns of a list to choose from. */
export function ColumnMenu<Row>(props: { choice: ColumnChoice<Row> }) {
  const { t } = useTranslation('ui');
  const { choice } = props;
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          fw={500}
          className={classes.columns}
          leftSection={<IconColumns3 className={classes.icon} aria-hidden />}
        >
          {t('columns.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group aria-label={t('columns.open')} value={[...choice.keys]} onChange={choice.choose}>
          <Stack gap="sm" className={classes.choices}>
            {choice.all.slice(1).map((column) => (
              <Checkbox key={column.key} value={column.key} label={column.header} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button mt="sm" size="compact-sm" variant="subtle" disabled={!choice.changed} onClick={choice.reset}>
          {t('columns.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
