import '@mantine/spotlight/styles.layer.css';
import { customerUrl, customersUrl } from '#features/customers/urls';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight, spotlightActions, spotlightStore } from '@mantine/spotlight';
import {
  type Icon,
  IconDiscount2,
  IconFileImport,
  IconFilter,
  IconReceipt,
  IconSearch,
  IconSpeakerphone,
  IconUser,
} from '@tabler/icons-react';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Header.module.css';
import { type Recent, recentPages } from './recent';
import { hitUrl, shownCustomers, useFound } from './useFound';
import { usePlaces } from './usePlaces';

const typingMs = 50;
const hitIcons = { ORDER: IconReceipt, CAMPAIGN: IconSpeakerphone, SEGMENT: IconFilter, OFFER: IconDiscount2, IMPORT: IconFileImport };
const recentIcons = { customers: IconUser, campaigns: IconSpeakerphone, segments: IconFilter, imports: IconFileImport };

/**
 * Everything by its name: actions and pages, customers by name, mail, phone or
 * order number, things by theirs; before anything is typed, what was open last.
 * Each higher count of `openings` opens it anew.
 */
export function SearchDialog(props: { openings: number }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (props.openings > 0) spotlight.open();
  }, [props.openings]);

  return (
    <Spotlight.Root
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      scrollable
      centered={false}
      yOffset="10vh"
      maxHeight="70vh"
      transitionProps={{ duration: 0 }}
      onSpotlightClose={() => setTyped('')}
    >
      <Spotlight.Search
        placeholder={t('search.hint')}
        aria-label={t('search.placeholder')}
        leftSection={<IconSearch className={classes.icon} aria-hidden />}
      />
      <Results typed={typed.trim()} />
    </Spotlight.Root>
  );
}

function Results(props: { typed: string }) {
  const { t } = useTranslation();
  const { typed } = props;
  const navigate = useNavigate();
  const go = (link: LinkProps) => () => void navigate(link);
  const [asked] = useDebouncedValue(typed, typingMs);
  const { customers, hits, searching } = useFound(asked);
  const { actions, pages } = usePlaces(typed);
  const recent = typed === '' ? recentPages() : [];
  const found = customers.length + hits.length + actions.length + pages.length;
  useFirstSelected(found + recent.length);

  return (
    <Spotlight.ActionsList>
      <Group label={t('search.recent')}>
        {recent.map((page) => (
          <Row key={page.path} icon={recentIcons[page.kind]} label={page.title} run={go(linkOf(page))} />
        ))}
      </Group>
      <Group label={t('search.actions')}>
        {actions.map((place) => (
          <Row key={place.key} icon={place.icon} label={place.label} run={place.run} />
        ))}
      </Group>
      <Group label={t('search.pages')}>
        {pages.map((place) => (
          <Row key={place.key} icon={place.icon} label={place.label} run={place.run} />
        ))}
      </Group>
      <Group label={t('search.customers')}>
        {customers.map((customer) => (
          <Row key={customer.id} icon={IconUser} label={customer.displayName} detail={customer.email || customer.phoneNational || t('search.orders', { count: customer.stats.orderCount })} run={go(customerUrl(customer.id))} />
        ))}
        {customers.length === shownCustomers && (
          <Row key="all" icon={IconSearch} label={t('search.allCustomers', { query: asked })} run={go(customersUrl({ q: asked }))} />
        )}
      </Group>
      <Group label={t('search.things')}>
        {hits.map((hit) => (
          <Row
            key={hit.kind + hit.id}
            icon={hitIcons[hit.kind]}
            label={hit.kind === 'ORDER' ? t('search.order', { number: hit.name }) : hit.name}
            detail={hit.shop ?? t(`search.kind.${hit.kind}`)}
            run={go(hitUrl(hit))}
          />
        ))}
      </Group>
      {found === 0 && recent.length === 0 && (
        <Spotlight.Empty>{t(searching || asked !== typed ? 'search.searching' : 'search.nothing')}</Spotlight.Empty>
      )}
    </Spotlight.ActionsList>
  );
}

/** The first row is what Enter opens, also of rows that come later; whoever has moved on stays where they are. */
function useFirstSelected(rows: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that come are why.
  useEffect(() => {
    if (spotlightStore.getState().selected <= 0) spotlightActions.selectAction(0, spotlightStore);
  }, [rows]);
}

/** A path of this application, which the router takes apart again. */
const linkOf = (page: Recent): LinkProps => ({ to: page.path as LinkProps['to'] });

function Group(props: { label: string; children: readonly React.ReactNode[] }) {
  if (props.children.flat().filter(Boolean).length === 0) return null;
  return <Spotlight.ActionsGroup label={props.label}>{props.children}</Spotlight.ActionsGroup>;
}

function Row(props: { icon: Icon; label: string; detail?: string; run: () => void }) {
  const { icon: Icon } = props;
  return (
    <Spotlight.Action
      label={props.label}
      description={props.detail}
      leftSection={<Icon className={classes.icon} aria-hidden />}
      onClick={props.run}
    />
  );
}
