import '@mantine/spotlight/styles.layer.css';
import { customerUrl, customersUrl } from '#features/customers/urls';
import { newSegmentUrl, segmentUrl } from '#features/segments/urls';
import { ShellSearchDocument } from '#gql/app/graphql';
import { useViewer } from '#lib/viewer';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconFilter, IconFilterPlus, IconSearch, IconUser } from '@tabler/icons-react';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './Header.module.css';
import { nav, settings } from './nav';

const typingMs = 200;
const shortest = 2;
const shown = 6;

/**
 * Customers by name, mail, phone or order number; segments, pages and actions
 * by their names. Each higher count of `openings` opens it anew.
 */
export function SearchDialog(props: { openings: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), typingMs);
  const go = (link: LinkProps) => () => void navigate(link);
  const { customers, segments, searching } = useFound(asked);
  const places = usePlaces(typed.trim());
  useEffect(() => {
    if (props.openings > 0) spotlight.open();
  }, [props.openings]);

  return (
    <Spotlight.Root
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      scrollable
      maxHeight="70vh"
      onSpotlightClose={() => setTyped('')}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        leftSection={<IconSearch className={classes.icon} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {customers.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.customers')}>
            {customers.map((customer) => (
              <Spotlight.Action
                key={customer.id}
                label={customer.displayName}
                description={customer.email}
                leftSection={<IconUser className={classes.icon} aria-hidden />}
                onClick={go(customerUrl(customer.id))}
              />
            ))}
            {customers.length === shown && (
              <Spotlight.Action
                label={t('search.allCustomers', { query: asked })}
                leftSection={<IconSearch className={classes.icon} aria-hidden />}
                onClick={go(customersUrl({ q: asked }))}
              />
            )}
          </Spotlight.ActionsGroup>
        )}
        {segments.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.segments')}>
            {segments.map((segment) => (
              <Spotlight.Action
                key={segment.id}
                label={segment.name}
                leftSection={<IconFilter className={classes.icon} aria-hidden />}
                onClick={go(segmentUrl(segment.id))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.pages')}>
            {places.map(({ key, label, icon: Icon, link }) => (
              <Spotlight.Action
                key={key}
                label={label}
                leftSection={<Icon className={classes.icon} aria-hidden />}
                onClick={go(link)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {customers.length + segments.length + places.length === 0 && (
          <Spotlight.Empty>{t(searching ? 'search.searching' : 'search.nothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useFound(query: string) {
  const { scopes } = useViewer();
  const withCustomers = scopes.includes('customers:read');
  const withSegments = scopes.includes('segments:read');
  const [{ data, fetching }] = useQuery({
    query: ShellSearchDocument,
    variables: { query, first: shown, withCustomers, withSegments },
    pause: query.length < shortest || !(withCustomers || withSegments),
  });
  const wanted = query.toLowerCase();
  const asked = query.length >= shortest;
  return {
    searching: fetching,
    customers: asked ? (data?.customers?.edges.map((edge) => edge.node) ?? []) : [],
    segments: asked ? (data?.segments ?? []).filter((one) => one.name.toLowerCase().includes(wanted)).slice(0, shown) : [],
  };
}

/** Pages and actions whose name holds what was typed; all of them before anything is. */
function usePlaces(query: string) {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const may = (scope?: string) => !scope || scopes.includes(scope);
  const pages = [...nav.flatMap((group) => group.items), ...settings]
    .filter((item) => item.to !== '/settings')
    .filter((item) => may(item.scope))
    .map((item) => ({ key: item.key as string, label: t(`nav.${item.key}`), icon: item.icon, link: { to: item.to } as LinkProps }));
  const actions = [
    {
      key: 'newSegment',
      label: t('search.newSegment'),
      icon: IconFilterPlus,
      link: newSegmentUrl() as LinkProps,
      scope: 'segments:write',
    },
  ].filter((action) => may(action.scope));
  const wanted = query.toLowerCase();
  return [...pages, ...actions].filter((place) => place.label.toLowerCase().includes(wanted));
}
