import { customerUrl, customersUrl } from '#features/customers/urls';
import { Palette, type PaletteGroup } from '#ui/Palette';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconDiscount2,
  IconFileImport,
  IconFilter,
  IconReceipt,
  IconSearch,
  IconSpeakerphone,
  IconUser,
} from '@tabler/icons-react';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recentPages } from './recent';
import { hitUrl, shownCustomers, useFound } from './useFound';
import { usePlaces } from './usePlaces';

const typingMs = 50;
const hitIcons = { ORDER: IconReceipt, CAMPAIGN: IconSpeakerphone, SEGMENT: IconFilter, OFFER: IconDiscount2, IMPORT: IconFileImport };
const recentIcons = { customers: IconUser, campaigns: IconSpeakerphone, segments: IconFilter, imports: IconFileImport };

/**
 * Everything by its name: actions and pages, customers by name, mail, phone or
 * order number, things by theirs; before anything is typed, what was open last.
 */
export function SearchDialog(props: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const text = typed.trim();
  const [asked] = useDebouncedValue(text, typingMs);
  const { searching, groups: found } = useFoundGroups(asked);
  const { actions, pages } = usePlaces(text);
  const recent = useRecent(text === '');
  return (
    <Palette
      opened={props.opened}
      onClose={() => {
        setTyped('');
        props.onClose();
      }}
      label={t('search.placeholder')}
      placeholder={t('search.hint')}
      query={typed}
      onQuery={setTyped}
      groups={[
        recent,
        { label: t('search.actions'), rows: actions },
        { label: t('search.pages'), rows: pages },
        ...found,
      ]}
      empty={t(searching || asked !== text ? 'search.searching' : 'search.nothing')}
    />
  );
}

function useRecent(shown: boolean): PaletteGroup {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const rows = shown ? recentPages() : [];
  return {
    label: t('search.recent'),
    rows: rows.map((page) => ({
      key: page.path,
      icon: recentIcons[page.kind],
      label: page.title,
      // A path of this application, which the router takes apart again.
      run: () => void navigate({ to: page.path as LinkProps['to'] }),
    })),
  };
}

function useFoundGroups(asked: string): { searching: boolean; groups: PaletteGroup[] } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const go = (link: LinkProps) => () => void navigate(link);
  const { customers, hits, searching } = useFound(asked);
  const people = customers.map((customer) => ({
    key: customer.id,
    icon: IconUser,
    label: customer.displayName,
    detail: customer.email || customer.phoneNational || t('search.orders', { count: customer.stats.orderCount }),
    run: go(customerUrl(customer.id)),
  }));
  const all = { key: 'all', icon: IconSearch, label: t('search.allCustomers', { query: asked }), run: go(customersUrl({ q: asked })) };
  const things = hits.map((hit) => ({
    key: hit.kind + hit.id,
    icon: hitIcons[hit.kind],
    label: hit.kind === 'ORDER' ? t('search.order', { number: hit.name }) : hit.name,
    detail: hit.shop ?? t(`search.kind.${hit.kind}`),
    run: go(hitUrl(hit)),
  }));
  return {
    searching,
    groups: [
      { label: t('search.customers'), rows: people.length === shownCustomers ? [...people, all] : people },
      { label: t('search.things'), rows: things },
    ],
  };
}
