import 'i18next';
import type account from '../features/account/locales/ja.json';
import type audit from '../features/audit/locales/ja.json';
import type alerts from '../features/alerts/locales/ja.json';
import type brand from '../features/brand/locales/ja.json';
import type connections from '../features/connections/locales/ja.json';
import type fees from '../features/fees/locales/ja.json';
import type products from '../features/products/locales/ja.json';
import type properties from '../features/properties/locales/ja.json';
import type customerTags from '../features/customer-tags/locales/ja.json';
import type pace from '../features/pace/locales/ja.json';
import type shops from '../features/shops/locales/ja.json';
import type candidates from '../features/candidates/locales/ja.json';
import type customers from '../features/customers/locales/ja.json';
import type guide from '../features/guide/locales/ja.json';
import type home from '../features/home/locales/ja.json';
import type campaigns from '../features/campaigns/locales/ja.json';
import type imports from '../features/imports/locales/ja.json';
import type insight from '../features/insight/locales/ja.json';
import type mailbox from '../features/mailbox/locales/ja.json';
import type netSales from '../features/net-sales/locales/ja.json';
import type offers from '../features/offers/locales/ja.json';
import type privacy from '../features/privacy/locales/ja.json';
import type signups from '../features/signups/locales/ja.json';
import type policy from '../features/policy/locales/ja.json';
import type tasks from '../features/tasks/locales/ja.json';
import type sending from '../features/sending/locales/ja.json';
import type tags from '../features/tags/locales/ja.json';
import type segments from '../features/segments/locales/ja.json';
import type staff from '../features/staff/locales/ja.json';
import type stages from '../features/stages/locales/ja.json';
import type signIn from '../features/sign-in/locales/ja.json';
import type ui from '../ui/locales/ja.json';
import type app from './locales/ja.json';

declare module 'i18next' {
  /** Keys are checked by the compiler against the Japanese words; one line per feature. */
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: {
      alerts: typeof alerts;
      account: typeof account;
      app: typeof app;
      audit: typeof audit;
      brand: typeof brand;
      connections: typeof connections;
      fees: typeof fees;
      'net-sales': typeof netSales;
      pace: typeof pace;
      products: typeof products;
      properties: typeof properties;
      shops: typeof shops;
      campaigns: typeof campaigns;
      candidates: typeof candidates;
      customers: typeof customers;
      'customer-tags': typeof customerTags;
      guide: typeof guide;
      home: typeof home;
      imports: typeof imports;
      insight: typeof insight;
      mailbox: typeof mailbox;
      offers: typeof offers;
      policy: typeof policy;
      privacy: typeof privacy;
      signups: typeof signups;
      segments: typeof segments;
      sending: typeof sending;
      tags: typeof tags;
      tasks: typeof tasks;
      'sign-in': typeof signIn;
      staff: typeof staff;
      stages: typeof stages;
      ui: typeof ui;
    };
  }
}
