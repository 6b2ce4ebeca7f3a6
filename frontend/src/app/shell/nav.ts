import type { LinkProps } from '@tanstack/react-router';
import {
  type Icon,
  IconApi,
  IconBasket,
  IconBook2,
  IconBuildingStore,
  IconChartHistogram,
  IconChecklist,
  IconCode,
  IconCoin,
  IconDiscount2,
  IconFileImport,
  IconFilter,
  IconForms,
  IconGavel,
  IconHelp,
  IconHistory,
  IconHome,
  IconId,
  IconInbox,
  IconListDetails,
  IconMailCog,
  IconMoon,
  IconPackage,
  IconPlugConnected,
  IconReceiptYen,
  IconSettings,
  IconSpeakerphone,
  IconStairsUp,
  IconSum,
  IconTags,
  IconUserCog,
  IconUserHeart,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';
import type app from '../locales/ja.json';

/** One place of the navigation, with the scope one needs to be shown it. */
export interface NavItem {
  key: keyof (typeof app)['nav'];
  to: LinkProps['to'];
  icon: Icon;
  scope?: string;
  /** What waits there, shown beside the name. */
  waiting?: 'candidates';
}

/** The navigation in groups; a place stands here only once its page works. */
export const nav: readonly { key: keyof (typeof app)['navGroup']; items: readonly NavItem[] }[] = [
  {
    key: 'top',
    items: [
      { key: 'home', to: '/', icon: IconHome },
      { key: 'guide', to: '/guide', icon: IconHelp },
    ],
  },
  {
    key: 'customers',
    items: [
      { key: 'customers', to: '/customers', icon: IconUsers, scope: 'customers:read' },
      { key: 'candidates', to: '/candidates', icon: IconUsersGroup, scope: 'customers:read', waiting: 'candidates' },
      { key: 'segments', to: '/segments', icon: IconFilter, scope: 'segments:read' },
    ],
  },
  {
    key: 'marketing',
    items: [
      { key: 'campaigns', to: '/campaigns', icon: IconSpeakerphone, scope: 'campaigns:read' },
      { key: 'offers', to: '/offers', icon: IconDiscount2, scope: 'offers:read' },
      { key: 'tasks', to: '/tasks', icon: IconChecklist, scope: 'campaigns:read' },
      { key: 'policy', to: '/policy', icon: IconGavel, scope: 'campaigns:read' },
      { key: 'stages', to: '/stages', icon: IconStairsUp, scope: 'points:read' },
      { key: 'pointsProgram', to: '/points', icon: IconCoin, scope: 'points:read' },
      { key: 'referrals', to: '/referrals', icon: IconUserHeart, scope: 'points:read' },
      { key: 'ledger', to: '/ledger', icon: IconBook2, scope: 'points:read' },
    ],
  },
  {
    key: 'analysis',
    items: [{ key: 'insight', to: '/insight', icon: IconChartHistogram, scope: 'customers:read' }],
  },
  {
    key: 'data',
    items: [
      { key: 'imports', to: '/imports', icon: IconFileImport, scope: 'imports:read' },
      { key: 'mailbox', to: '/mailbox', icon: IconInbox, scope: 'mailbox:read' },
    ],
  },
  {
    key: 'settings',
    items: [{ key: 'settings', to: '/settings', icon: IconSettings, scope: 'settings:read' }],
  },
];

/** The places within the settings, in their order. */
export const settings: readonly NavItem[] = [
  { key: 'brand', to: '/settings/brand', icon: IconBuildingStore, scope: 'settings:read' },
  { key: 'shops', to: '/settings/shops', icon: IconBasket, scope: 'shops:read' },
  { key: 'connections', to: '/settings/connections', icon: IconPlugConnected, scope: 'settings:read' },
  { key: 'netSales', to: '/settings/net-sales', icon: IconSum, scope: 'settings:read' },
  { key: 'fees', to: '/settings/fees', icon: IconReceiptYen, scope: 'settings:read' },
  { key: 'products', to: '/settings/products', icon: IconPackage, scope: 'settings:read' },
  { key: 'properties', to: '/settings/properties', icon: IconListDetails, scope: 'customers:read' },
  { key: 'customerTags', to: '/settings/customer-tags', icon: IconTags, scope: 'customers:read' },
  { key: 'memberPage', to: '/settings/member-page', icon: IconId, scope: 'settings:read' },
  { key: 'pace', to: '/settings/pace', icon: IconMoon, scope: 'settings:read' },
  { key: 'sending', to: '/settings/mail', icon: IconMailCog, scope: 'settings:read' },
  { key: 'signups', to: '/settings/sign-up', icon: IconForms, scope: 'settings:read' },
  { key: 'privacy', to: '/settings/privacy', icon: IconUserShield, scope: 'customers:read' },
  { key: 'tags', to: '/settings/tags', icon: IconCode, scope: 'shops:read' },
  { key: 'api', to: '/settings/api', icon: IconApi, scope: 'clients:read' },
  { key: 'webhooks', to: '/settings/webhooks', icon: IconWebhook, scope: 'clients:read' },
  { key: 'staff', to: '/settings/staff', icon: IconUserCog, scope: 'staff:read' },
  { key: 'audit', to: '/settings/audit', icon: IconHistory, scope: 'audit:read' },
];
