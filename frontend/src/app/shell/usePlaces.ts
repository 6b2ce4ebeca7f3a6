import { campaignUrl } from '#features/campaigns/urls';
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
} from '@tabler/icons-react';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type app from '../locales/ja.json';
import { nav, settings } from './nav';

/** A page or something to do, found by its name. */
interface Place extends PaletteRow {
  /** Other words it is found by. */
  words: string;
}

type ActionKey = keyof (typeof app)['search']['action'];

/** Actions and pages whose names hold what was typed; all of them before anything is. */
export function usePlaces(query: string): { actions: Place[]; pages: Place[] } {
  const actions = useActions();
  const pages = usePages();
  const wanted = query.toLowerCase();
  const named = (place: Place) => `${place.label}\n${place.words}`.toLowerCase().includes(wanted);
  return { actions: actions.filter(named), pages: pages.filter(named) };
}

function usePages(): Place[] {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const navigate = useNavigate();
  const page = (key: string, label: string, icon: Icon, link: LinkProps) => ({ key: `page ${key}`, label, words: key, icon, run: () => void navigate(link) });
  return [
    ...[...nav.flatMap((group) => group.items), ...settings]
      // The settings' own page only leads to the others.
      .filter((item) => item.to !== '/settings' && (!item.scope || scopes.includes(item.scope)))
      .map((item) => page(item.key, t(`nav.${item.key}`), item.icon, { to: item.to })),
    page('alerts', t('alerts.title'), IconBell, { to: '/alerts' }),
  ];
}

function useActions(): Place[] {
  const { t } = useTranslation();
  const { scopes } = useViewer();
  const navigate = useNavigate();
  const createCampaign = useCreateCampaign();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark';
  const go = (link: LinkProps) => () => void navigate(link);
  const known: { key: ActionKey; words: string; icon: Icon; scope?: string; run: () => void }[] = [
    { key: 'newCampaign', words: 'create campaign mail send', icon: IconSpeakerphone, scope: 'campaigns:write', run: () => void createCampaign() },
    { key: 'import', words: 'import upload csv file', icon: IconFileImport, scope: 'imports:write', run: go(importsUrl()) },
    { key: 'newSegment', words: 'create segment', icon: IconFilterPlus, scope: 'segments:write', run: go(newSegmentUrl()) },
    { key: 'newOffer', words: 'create offer coupon', icon: IconDiscount2, scope: 'offers:write', run: go(offersUrl('new')) },
    { key: dark ? 'light' : 'dark', words: 'theme dark light', icon: dark ? IconSun : IconMoon, run: () => setColorScheme(dark ? 'light' : 'dark') },
    { key: 'signOut', words: 'sign out log out', icon: IconLogout, run: () => void signOut() },
  ];
  return known
    .filter((action) => !action.scope || scopes.includes(action.scope))
    .map((action) => ({ ...action, label: t(`search.action.${action.key}`) }));
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
