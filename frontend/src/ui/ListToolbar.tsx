import { ActionIcon, Button, CloseButton, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ListToolbar.module.css';

/** A filter in force, shown as a chip that takes it away. */
export interface Chip {
  key: string;
  label: string;
  /** What can be done with it besides taking it away. */
  action?: ReactNode;
  onRemove: () => void;
}

/** Above a list: what to look for, what to narrow by, and what is in force. */
export function ListToolbar(props: {
  search?: { value: string; placeholder: string; onChange: (value: string) => void };
  filters?: ReactNode;
  /** At the end of the line: how the list is shown, not what of. */
  end?: ReactNode;
  chips?: readonly Chip[];
  onClear?: () => void;
}) {
  const { t } = useTranslation('ui');
  const chips = props.chips ?? [];
  return (
    <div className={classes.toolbar}>
      <Group gap="xs" role="search">
        {props.search && <SearchField {...props.search} />}
        {(props.filters || props.end) && (
          <div className={classes.filters}>
            {props.filters}
            {props.end}
          </div>
        )}
      </Group>
      {chips.length > 0 && (
        <Group gap="xs" role="group" aria-label={t('list.filters')}>
          {chips.map((chip) => (
            <span key={chip.key} className={classes.chip}>
              <span className={classes.words} title={chip.label}>
                {chip.label}
              </span>
              {chip.action}
              <ActionIcon size="sm" aria-label={t('list.remove', { label: chip.label })} onClick={chip.onRemove}>
                <IconX className={classes.icon} aria-hidden />
              </ActionIcon>
            </span>
          ))}
          {props.onClear && (
            <Button variant="subtle" size="compact-sm" onClick={props.onClear}>
              {t('list.clear')}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

const typingMs = 250;

function SearchField(props: { value: string; placeholder: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('ui');
  const [typed, setTyped] = useState(props.value);
  const [seen, setSeen] = useState(props.value);
  const [told, setTold] = useState(props.value);
  const tell = useDebouncedCallback((value: string) => {
    setTold(value);
    props.onChange(value);
  }, typingMs);

  // Back and forward change the address, and the field follows it; the echo of its own words does not disturb the typing.
  if (seen !== props.value) {
    setSeen(props.value);
    if (told !== props.value) setTyped(props.value);
  }

  const change = (value: string) => {
    setTyped(value);
    tell(value);
  };
  return (
    <TextInput
      className={classes.search}
      type="search"
      value={typed}
      placeholder={props.placeholder}
      aria-label={props.placeholder}
      title={props.placeholder}
      leftSection={<IconSearch className={classes.icon} aria-hidden />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('list.clear')} onClick={() => change('')} />}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
