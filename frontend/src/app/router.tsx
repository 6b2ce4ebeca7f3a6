import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { Client } from 'urql';
import { apiSearch } from '#features/api-clients/urls';
import { type AlertTab, alertTabs } from '#features/alerts/urls';
import { auditSearch } from '#features/audit/urls';
import { candidatesSearch, mergeSearch } from '#features/candidates/urls';
import { connectionsSearch } from '#features/connections/urls';
import { customerSearch, customersSearch } from '#features/customers/urls';
import { homeSearch } from '#features/home/urls';
import { campaignsSearch, messageStatuses, type Step, steps, type Tool, tools } from '#features/campaigns/urls';
import { ledgerSearch } from '#features/ledger/urls';
import { importSearch, importsSearch } from '#features/imports/urls';
import { insightSearch } from '#features/insight/urls';
import { mailboxSearch } from '#features/mailbox/urls';
import { offersSearch } from '#features/offers/urls';
import { pointsProgramSearch } from '#features/points-program/urls';
import { policySearch } from '#features/policy/urls';
import { privacySearch } from '#features/privacy/urls';
import { referralsSearch } from '#features/referrals/urls';
import { signUpsSearch } from '#features/signups/urls';
import { newSegmentSearch, segmentsSearch } from '#features/segments/urls';
import { productsSearch } from '#features/products/urls';
import { sendingSearch } from '#features/sending/urls';
import { shopsSearch } from '#features/shops/urls';
import { signInSearch } from '#features/sign-in/urls';
import { staffSearch } from '#features/staff/urls';
import { tasksSearch } from '#features/tasks/urls';
import { webhooksSearch } from '#features/webhooks/urls';
import type { MallKind } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { oneOf, text } from '#lib/search';
import { Crash, NotFound } from './Crash';
import { words } from './i18n';
import { ready } from '#lib/session';
import { Shell } from './shell/Shell';
import { PageSkeleton } from './shell/PageSkeleton';

interface RouterContext {
  client: Client;
}

const root = createRootRouteWithContext<RouterContext>()({
  notFoundComponent: NotFound,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  loader: words('sign-in'),
  component: lazyRouteComponent(() => import('#features/sign-in/SignInPage'), 'SignInPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  loader: words('sign-in'),
  component: lazyRouteComponent(() => import('#features/sign-in/ForgotPage'), 'ForgotPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  loader: words('sign-in'),
  component: lazyRouteComponent(() => import('#features/sign-in/ResetPage'), 'ResetPage'),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  loader: words('sign-in'),
  component: lazyRouteComponent(() => import('#features/sign-in/InvitePage'), 'InvitePage'),
});

/** Everything behind the sign-in: asks who is there before any page loads. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    if (!(await ready())) {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: homeSearch,
  // What needs attention is said in the words of alerts.
  loader: () => Promise.all([words('home')(), words('alerts')()]),
  component: lazyRouteComponent(() => import('#features/home/HomePage'), 'HomePage'),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: (raw): { tab?: AlertTab } => ({ tab: oneOf(...alertTabs)(raw.tab) }),
  loader: words('alerts'),
  component: lazyRouteComponent(() => import('#features/alerts/AlertsPage'), 'AlertsPage'),
});

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: customersSearch,
  loader: words('customers'),
  component: lazyRouteComponent(() => import('#features/customers/CustomersPage'), 'CustomersPage'),
});

const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$customerId',
  validateSearch: customerSearch,
  // Why somebody gets no mail is said in the words of campaigns, what is asked about a person in those of privacy.
  loader: () => Promise.all([words('customers')(), words('campaigns')(), words('privacy')()]),
  component: lazyRouteComponent(() => import('#features/customers/CustomerPage'), 'CustomerPage'),
});

const candidates = createRoute({
  getParentRoute: () => shell,
  path: '/candidates',
  validateSearch: candidatesSearch,
  loader: words('candidates'),
  component: lazyRouteComponent(() => import('#features/candidates/CandidatesPage'), 'CandidatesPage'),
});

const merge = createRoute({
  getParentRoute: () => shell,
  path: '/merge',
  validateSearch: mergeSearch,
  loader: words('candidates'),
  component: lazyRouteComponent(() => import('#features/candidates/MergePage'), 'MergePage'),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  validateSearch: importsSearch,
  loader: words('imports'),
  component: lazyRouteComponent(() => import('#features/imports/ImportsPage'), 'ImportsPage'),
});

const importPage = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$importId',
  validateSearch: importSearch,
  loader: words('imports'),
  component: lazyRouteComponent(() => import('#features/imports/ImportPage'), 'ImportPage'),
});

const guide = createRoute({
  getParentRoute: () => shell,
  path: '/guide',
  loader: words('guide'),
  component: lazyRouteComponent(() => import('#features/guide/GuidePage'), 'GuidePage'),
});

const offers = createRoute({
  getParentRoute: () => shell,
  path: '/offers',
  validateSearch: offersSearch,
  loader: words('offers'),
  component: lazyRouteComponent(() => import('#features/offers/OffersPage'), 'OffersPage'),
});

const mailbox = createRoute({
  getParentRoute: () => shell,
  path: '/mailbox',
  validateSearch: mailboxSearch,
  loader: words('mailbox'),
  component: lazyRouteComponent(() => import('#features/mailbox/MailboxPage'), 'MailboxPage'),
});

const segments = createRoute({
  getParentRoute: () => shell,
  path: '/segments',
  validateSearch: segmentsSearch,
  loader: words('segments'),
  component: lazyRouteComponent(() => import('#features/segments/SegmentsPage'), 'SegmentsPage'),
});

const newSegment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/new',
  validateSearch: newSegmentSearch,
  loader: words('segments'),
  component: lazyRouteComponent(() => import('#features/segments/SegmentPage'), 'NewSegmentPage'),
});

const segment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$segmentId',
  loader: words('segments'),
  component: lazyRouteComponent(() => import('#features/segments/SegmentPage'), 'SegmentPage'),
});

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns',
  validateSearch: campaignsSearch,
  loader: words('campaigns'),
  component: lazyRouteComponent(() => import('#features/campaigns/CampaignsPage'), 'CampaignsPage'),
});

const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId',
  validateSearch: (raw): { step?: Step; mall?: MallKind; status?: (typeof messageStatuses)[number]; reason?: string; edit?: 'source'; refused?: string; tool?: Tool; offer?: string } => ({
    step: oneOf(...steps)(raw.step),
    mall: oneOf(...malls)(raw.mall),
    status: oneOf(...messageStatuses)(raw.status),
    reason: text(raw.reason),
    edit: oneOf('source')(raw.edit),
    refused: text(raw.refused),
    tool: oneOf(...tools)(raw.tool),
    offer: text(raw.offer),
  }),
  loader: words('campaigns'),
  component: lazyRouteComponent(() => import('#features/campaigns/CampaignPage'), 'CampaignPage'),
});

const compliance = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId/compliance',
  loader: words('policy', 'campaigns'),
  component: lazyRouteComponent(() => import('#features/policy/ReportPage'), 'ReportPage'),
});

const tasks = createRoute({
  getParentRoute: () => shell,
  path: '/tasks',
  validateSearch: tasksSearch,
  loader: words('tasks'),
  component: lazyRouteComponent(() => import('#features/tasks/TasksPage'), 'TasksPage'),
});

const policy = createRoute({
  getParentRoute: () => shell,
  path: '/policy',
  validateSearch: policySearch,
  loader: words('policy'),
  component: lazyRouteComponent(() => import('#features/policy/PolicyPage'), 'PolicyPage'),
});

/** The settings keep their own navigation around their pages. */
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./shell/SettingsShell'), 'SettingsShell'),
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/brand', replace: true });
  },
});

const signUps = createRoute({
  getParentRoute: () => settings,
  path: '/sign-up',
  validateSearch: signUpsSearch,
  loader: words('signups'),
  component: lazyRouteComponent(() => import('#features/signups/SignUpsPage'), 'SignUpsPage'),
});

const privacy = createRoute({
  getParentRoute: () => settings,
  path: '/privacy',
  validateSearch: privacySearch,
  loader: words('privacy'),
  component: lazyRouteComponent(() => import('#features/privacy/PrivacyPage'), 'PrivacyPage'),
});

const brand = createRoute({
  getParentRoute: () => settings,
  path: '/brand',
  loader: words('brand'),
  component: lazyRouteComponent(() => import('#features/brand/BrandPage'), 'BrandPage'),
});

const shops = createRoute({
  getParentRoute: () => settings,
  path: '/shops',
  validateSearch: shopsSearch,
  loader: words('shops'),
  component: lazyRouteComponent(() => import('#features/shops/ShopsPage'), 'ShopsPage'),
});

const connections = createRoute({
  getParentRoute: () => settings,
  path: '/connections',
  validateSearch: connectionsSearch,
  loader: words('connections'),
  component: lazyRouteComponent(() => import('#features/connections/ConnectionsPage'), 'ConnectionsPage'),
});

const netSales = createRoute({
  getParentRoute: () => settings,
  path: '/net-sales',
  loader: words('net-sales'),
  component: lazyRouteComponent(() => import('#features/net-sales/NetSalesPage'), 'NetSalesPage'),
});

const fees = createRoute({
  getParentRoute: () => settings,
  path: '/fees',
  loader: words('fees'),
  component: lazyRouteComponent(() => import('#features/fees/FeesPage'), 'FeesPage'),
});

const products = createRoute({
  getParentRoute: () => settings,
  path: '/products',
  validateSearch: productsSearch,
  loader: words('products'),
  component: lazyRouteComponent(() => import('#features/products/ProductsPage'), 'ProductsPage'),
});

const memberPage = createRoute({
  getParentRoute: () => settings,
  path: '/member-page',
  loader: words('member-page'),
  component: lazyRouteComponent(() => import('#features/member-page/MemberPagePage'), 'MemberPagePage'),
});

const pace = createRoute({
  getParentRoute: () => settings,
  path: '/pace',
  loader: words('pace'),
  component: lazyRouteComponent(() => import('#features/pace/PacePage'), 'PacePage'),
});

const sending = createRoute({
  getParentRoute: () => settings,
  path: '/mail',
  validateSearch: sendingSearch,
  loader: words('sending'),
  component: lazyRouteComponent(() => import('#features/sending/SendingPage'), 'SendingPage'),
});

const properties = createRoute({
  getParentRoute: () => settings,
  path: '/properties',
  loader: words('properties'),
  component: lazyRouteComponent(() => import('#features/properties/PropertiesPage'), 'PropertiesPage'),
});

const customerTags = createRoute({
  getParentRoute: () => settings,
  path: '/customer-tags',
  loader: words('customer-tags'),
  component: lazyRouteComponent(() => import('#features/customer-tags/CustomerTagsPage'), 'CustomerTagsPage'),
});

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: '/webhooks',
  validateSearch: webhooksSearch,
  loader: words('webhooks'),
  component: lazyRouteComponent(() => import('#features/webhooks/WebhooksPage'), 'WebhooksPage'),
});

const api = createRoute({
  getParentRoute: () => settings,
  path: '/api',
  validateSearch: apiSearch,
  loader: words('api-clients'),
  component: lazyRouteComponent(() => import('#features/api-clients/ApiPage'), 'ApiPage'),
});

const tags = createRoute({
  getParentRoute: () => settings,
  path: '/tags',
  loader: words('tags'),
  component: lazyRouteComponent(() => import('#features/tags/TagsPage'), 'TagsPage'),
});

const staff = createRoute({
  getParentRoute: () => settings,
  path: '/staff',
  validateSearch: staffSearch,
  loader: words('staff'),
  component: lazyRouteComponent(() => import('#features/staff/StaffPage'), 'StaffPage'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch: auditSearch,
  loader: words('audit'),
  component: lazyRouteComponent(() => import('#features/audit/AuditPage'), 'AuditPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  loader: words('account'),
  component: lazyRouteComponent(() => import('#features/account/AccountPage'), 'AccountPage'),
});

const ledger = createRoute({
  getParentRoute: () => shell,
  path: '/ledger',
  validateSearch: ledgerSearch,
  loader: words('ledger'),
  component: lazyRouteComponent(() => import('#features/ledger/LedgerPage'), 'LedgerPage'),
});

const pointsProgram = createRoute({
  getParentRoute: () => shell,
  path: '/points',
  validateSearch: pointsProgramSearch,
  loader: words('points-program'),
  component: lazyRouteComponent(() => import('#features/points-program/PointsProgramPage'), 'PointsProgramPage'),
});

const referrals = createRoute({
  getParentRoute: () => shell,
  path: '/referrals',
  validateSearch: referralsSearch,
  loader: words('referrals'),
  component: lazyRouteComponent(() => import('#features/referrals/ReferralsPage'), 'ReferralsPage'),
});

const stages = createRoute({
  getParentRoute: () => shell,
  path: '/stages',
  loader: words('stages'),
  component: lazyRouteComponent(() => import('#features/stages/StagesPage'), 'StagesPage'),
});

const insight = createRoute({
  getParentRoute: () => shell,
  path: '/insight',
  validateSearch: insightSearch,
  loader: words('insight'),
  component: lazyRouteComponent(() => import('#features/insight/InsightPage'), 'InsightPage'),
});

// One line per page; its search parameters are validated by the feature's urls.ts.
const tree = root.addChildren([
  signIn,
  forgotPassword,
  resetPassword,
  invite,
  shell.addChildren([
    home,
    guide,
    alerts,
    customers,
    customer,
    candidates,
    merge,
    segments,
    newSegment,
    segment,
    campaigns,
    campaign,
    offers,
    tasks,
    compliance,
    policy,
    stages,
    pointsProgram,
    referrals,
    ledger,
    insight,
    imports,
    importPage,
    mailbox,
    account,
    settings.addChildren([settingsIndex, brand, shops, connections, netSales, fees, products, properties, customerTags, memberPage, pace, sending, signUps, privacy, tags, api, webhooks, staff, audit]),
  ]),
]);

/** The router: a page's chunk and words load when a link to it is pointed at. */
export function createAppRouter(client: Client) {
  return createRouter({
    routeTree: tree,
    context: { client },
    // What no route validates never reaches a page.
    search: { strict: true },
    defaultPreload: 'intent',
    defaultPreloadDelay: 30,
    scrollRestoration: true,
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 200,
    defaultErrorComponent: ({ reset }) => <Crash retry={reset} />,
    defaultNotFoundComponent: NotFound,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
