import { accountUrl } from '#features/account/urls';
import { alertsUrl } from '#features/alerts/urls';
import { campaignUrl } from '#features/campaigns/urls';
import { customersUrl } from '#features/customers/urls';
import { importsUrl } from '#features/imports/urls';
import { offersUrl } from '#features/offers/urls';
import { newSegmentUrl } from '#features/segments/urls';
import { ShellCreateCampaignDocument } from '#gql/app/graphql';
import { signOut } from '#lib/session';
import { useViewer } from '#lib/viewer';
import { toastFailed } from '#ui/toast';
import type { PaletteRow } from '#ui/Palette';
import { useErrorText } from '#ui/userErrors';
import { useMantineColorScheme } from '@mantine/core';
import {
  type Icon,
  IconBell,
  IconDiscount2,
  IconFileImport,
  IconFilterPlus,
  IconLogout,
  IconMoon,
  IconSpeakerphone,
  IconSun,
  IconUserCircle,
  IconUserPlus,
} from '@tabler/icons-react';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type app from '../locales/ja.json';
import { rankOf } from './matching';
import { nav, settings } from './nav';
import { parts } from './parts';
import { actionWords, pageWords, partWords } from './synonyms';

/** A page, a part of one or something to do, found by its name and by other words. */
interface Place extends PaletteRow {
  /** Other words it is found by. */
  words: string;
}

type ActionKey = keyof (typeof app)['search']['action'];

/** Actions and pages that what was typed names, the best named first; before anything is typed all but the parts of pages. */
export function usePlaces(query: string): { actions: Place[]; pages: Place[] } {
  const actions = useActions();
  const pages = usePages();
  const partsOfPages = useParts();
  return { actions: named(query, actions), pages: named(query, query === '' ? pages : [...pages, ...partsOfPages]) };
}

function named(query: string, places: readonly Place[]): Place[] {
  return places
    .flatMap((place) => {
      const rank = rankOf(query, place.label, `${place.detail ?? ''} ${place.words}`);
      return rank === undefined ? [] : [{ place, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map((found) => found.place);
}

function usePages(): Place[] {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const navigate = useNavigate();
  const page = (key: keyof typeof pageWords, label: string, icon: Icon, link: LinkProps, detail?: string) => ({
    key: `page ${key}`,
    label,
    detail,
    words: pageWords[key],
    icon,
    run: () => void navigate(link),
  });
  const open = (items: typeof settings, detail?: string) =>
    items.flatMap((item) =>
      // The settings' own page only leads to the others.
      item.key === 'settings' || (item.scope && !scopes.includes(item.scope))
        ? []
        : [page(item.key, t(`nav.${item.key}`), item.icon, { to: item.to }, detail)],
    );
  return [
    ...open(nav.flatMap((group) => group.items)),
    ...open(settings, t('nav.settings')),
    page('alerts', t('alerts.title'), IconBell, alertsUrl()),
    page('account', t('account.open'), IconUserCircle, accountUrl()),
  ];
}

function useParts(): Place[] {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const navigate = useNavigate();
  return parts
    .filter((part) => !part.scope || scopes.includes(part.scope))
    .map(({ key, of, icon, link }) => ({
      key: `part ${key}`,
      label: t(`search.part.${key}`),
      detail: t(`nav.${of}`),
      words: partWords[key],
      icon,
      run: () => void navigate(link),
    }));
}

function useActions(): Place[] {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const navigate = useNavigate();
  const createCampaign = useCreateCampaign();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark';
  const go = (link: LinkProps) => () => void navigate(link);
  const known: { key: ActionKey; icon: Icon; scope?: string; run: () => void }[] = [
    { key: 'newCampaign', icon: IconSpeakerphone, scope: 'campaigns:write', run: () => void createCampaign() },
    { key: 'import', icon: IconFileImport, scope: 'imports:write', run: go(importsUrl()) },
    { key: 'newSegment', icon: IconFilterPlus, scope: 'segments:write', run: go(newSegmentUrl()) },
    { key: 'newOffer', icon: IconDiscount2, scope: 'offers:write', run: go(offersUrl('new')) },
    { key: 'addCustomer', icon: IconUserPlus, scope: 'customers:write', run: go(customersUrl({ add: true })) },
    { key: dark ? 'light' : 'dark', icon: dark ? IconSun : IconMoon, run: () => setColorScheme(dark ? 'light' : 'dark') },
    { key: 'signOut', icon: IconLogout, run: () => void signOut() },
  ];
  return known
    .filter((action) => !action.scope || scopes.includes(action.scope))
    .map((action) => ({ ...action, label: t(`search.action.${action.key}`), words: actionWords[action.key] }));
}

function useCreateCampaign() {
  const { t } = useTranslation();
  const write = useErrorText();
  const navigate = useNavigate();
  const [, create] = useMutation(ShellCreateCampaignDocument);
  return async () => {
    const { data, error } = await create({ input: { name: t('search.campaignName'), theme: '' } });
    const campaign = data?.createCampaign.campaign;
    if (campaign) await navigate(campaignUrl(campaign.id));
    else toastFailed(t('search.action.newCampaign'), data?.createCampaign.userErrors.map(write)[0] ?? error?.message ?? '');
  };
}
