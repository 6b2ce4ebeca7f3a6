import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rule } from './rule';
import { starters } from './starters';

const names = Object.keys(starters) as (keyof typeof starters)[];

/** Rules to begin from, offered while the rule is still empty. */
export function Starters(props: { onPick: (name: string, rule: Rule) => void }) {
  const { t } = useTranslation('segments');
  return (
    <section aria-labelledby="starters">
      <Text id="starters" size="sm" fw={600} mb="xs">
        {t('starters')}
      </Text>
      <Group gap="xs">
        {names.map((name) => (
          <Button
            key={name}
            variant="default"
            size="xs"
            onClick={() => props.onPick(t(`starter.${name}`), starters[name])}
          >
            {t(`starter.${name}`)}
          </Button>
        ))}
      </Group>
    </section>
  );
}
