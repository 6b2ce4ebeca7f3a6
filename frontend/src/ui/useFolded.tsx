import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * The first of a long list, so that what stands below stays in sight, and the
 * button for the rest; without a button where only a few would be left out.
 */
export function useFolded<One>(list: readonly One[], first: number): { shown: readonly One[]; more: ReactNode } {
  const { t } = useTranslation('ui');
  const [open, setOpen] = useState(false);
  const left = list.length - first;
  if (left < 3) return { shown: list, more: null };
  return {
    shown: open ? list : list.slice(0, first),
    more: (
      <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('folded.close') : t('folded.open', { count: left })}
      </Button>
    ),
  };
}
