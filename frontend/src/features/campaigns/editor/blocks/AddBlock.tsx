import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Addable, filledIn, written } from './fresh';

/** Offers what can be added to a mail: what one writes oneself, and what is filled in for each person. */
export function AddBlock(props: { onAdd: (kind: Addable) => void; compact?: boolean }) {
  const { t } = useTranslation('campaigns');
  const items = (kinds: readonly Addable[]) =>
    kinds.map((kind) => (
      <Menu.Item key={kind} onClick={() => props.onAdd(kind)}>
        {t(`blocks.kind.${kind}`)}
      </Menu.Item>
    ));
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        {props.compact ? (
          <ActionIcon aria-label={t('blocks.addBelow')}>
            <IconPlus size="1rem" aria-hidden />
          </ActionIcon>
        ) : (
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size="1rem" aria-hidden />}>
            {t('blocks.add')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {items(written)}
        <Menu.Label>{t('blocks.filledIn')}</Menu.Label>
        {items(filledIn)}
      </Menu.Dropdown>
    </Menu>
  );
}
