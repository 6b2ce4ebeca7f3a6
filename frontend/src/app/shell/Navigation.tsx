import { ShellCandidatesDocument } from '#gql/app/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope, useViewer } from '#lib/viewer';
import { ActionIcon, Text, VisuallyHidden } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './Navigation.module.css';
import { nav, type NavItem } from './nav';

/** The places one may go, in groups. As a rail only the icons are left, with their names in tooltips. */
export function Navigation(props: { rail?: boolean; onRail?: () => void }) {
  const { t } = useTranslation();
  const { scopes, merchant } = useViewer();
  const mayOpen = (item: NavItem) => !item.scope || scopes.includes(item.scope);
  const waiting = useWaiting();
  const groups = nav
    .map((group) => ({ ...group, items: group.items.filter(mayOpen) }))
    .filter((group) => group.items.length > 0);
  const Collapse = props.rail ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;

  return (
    <nav className={classes.nav} aria-label={t('shell.navigation')} data-rail={props.rail || undefined}>
      {props.onRail && (
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" className={classes.mark} />
          {!props.rail && (
            <div className={classes.names}>
              <Text fw={700} size="sm">
                Meguri
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {merchant.name}
              </Text>
            </div>
          )}
        </div>
      )}
      <div className={classes.groups}>
        {groups.map((group) => (
          <div key={group.key} role="group" aria-label={t(`navGroup.${group.key}`)}>
            {group.items.length > 1 && group.key !== 'top' && !props.rail && (
              <div className={classes.group}>{t(`navGroup.${group.key}`)}</div>
            )}
            {group.items.map((item) => (
              <Place key={item.key} item={item} rail={props.rail} waiting={item.waiting && waiting[item.waiting]} />
            ))}
          </div>
        ))}
      </div>
      {props.onRail && (
        <div className={classes.foot}>
          <ActionIcon
            aria-label={t(props.rail ? 'shell.expand' : 'shell.collapse')}
            aria-expanded={!props.rail}
            onClick={props.onRail}
          >
            <Collapse className={classes.icon} aria-hidden />
          </ActionIcon>
        </div>
      )}
    </nav>
  );
}

// What changes the figures: urql asks again when one of these was written.
const watched = { additionalTypenames: ['Candidate', 'CustomerMerge'] };

/** How much waits for a person, by place. */
function useWaiting(): Record<NonNullable<NavItem['waiting']>, number> {
  const [{ data }] = useQuery({
    query: ShellCandidatesDocument,
    context: watched,
    pause: !useScope('customers:read'),
  });
  return { candidates: data?.candidates.totalCount ?? 0 };
}

function Place(props: { item: NavItem; rail?: boolean; waiting?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { key, to, icon: Icon } = props.item;
  const name = t(`nav.${key}`);
  const waiting = props.waiting ? format.number(props.waiting) : undefined;
  const label = waiting ? `${name} ${waiting}${t('shell.waiting')}` : name;
  return (
      <Link
        to={to}
        className={classes.place}
        activeProps={{ 'data-active': true }}
        activeOptions={{ exact: to === '/', includeSearch: false }}
        aria-label={props.rail ? label : undefined}
        title={props.rail ? label : undefined}
      >
        <Icon className={classes.icon} aria-hidden />
        {props.rail && waiting && <span className={classes.dot} />}
        {!props.rail && name}
        {!props.rail && waiting && (
          <span className={classes.waiting}>
            {waiting}
            <VisuallyHidden>{t('shell.waiting')}</VisuallyHidden>
          </span>
        )}
      </Link>
  );
}
