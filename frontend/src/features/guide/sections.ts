import type { LinkProps } from '@tanstack/react-router';
import type app from '../../app/locales/ja.json';
import type words from './locales/ja.json';

/** A section of the guide, and the pages it speaks of, by their name in the navigation. */
export interface Section {
  key: keyof (typeof words)['sections'];
  pages: readonly { name: keyof (typeof app)['nav']; to: LinkProps['to'] }[];
  /** A document of the server with more about it. */
  document?: 'formats';
}

export const sections: readonly Section[] = [
  {
    key: 'first',
    pages: [
      { name: 'imports', to: '/imports' },
      { name: 'brand', to: '/settings/brand' },
      { name: 'sending', to: '/settings/mail' },
      { name: 'segments', to: '/segments' },
      { name: 'campaigns', to: '/campaigns' },
    ],
  },
  { key: 'intake', pages: [{ name: 'imports', to: '/imports' }], document: 'formats' },
  {
    key: 'people',
    pages: [
      { name: 'candidates', to: '/candidates' },
      { name: 'customers', to: '/customers' },
    ],
  },
  {
    key: 'known',
    pages: [
      { name: 'customers', to: '/customers' },
      { name: 'properties', to: '/settings/properties' },
      { name: 'customerTags', to: '/settings/customer-tags' },
    ],
  },
  {
    key: 'signups',
    pages: [
      { name: 'signups', to: '/settings/sign-up' },
      { name: 'privacy', to: '/settings/privacy' },
    ],
  },
  {
    key: 'views',
    pages: [
      { name: 'customers', to: '/customers' },
      { name: 'segments', to: '/segments' },
    ],
  },
  {
    key: 'whom',
    pages: [
      { name: 'policy', to: '/policy' },
      { name: 'tasks', to: '/tasks' },
    ],
  },
  {
    key: 'write',
    pages: [
      { name: 'campaigns', to: '/campaigns' },
      { name: 'offers', to: '/offers' },
    ],
  },
  { key: 'calendar', pages: [{ name: 'campaigns', to: '/campaigns' }] },
  { key: 'pace', pages: [{ name: 'pace', to: '/settings/pace' }] },
  {
    key: 'results',
    pages: [
      { name: 'campaigns', to: '/campaigns' },
      { name: 'offers', to: '/offers' },
      { name: 'insight', to: '/insight' },
    ],
  },
  { key: 'analysis', pages: [{ name: 'insight', to: '/insight' }] },
  { key: 'loyalty', pages: [{ name: 'stages', to: '/stages' }] },
  { key: 'alerts', pages: [{ name: 'home', to: '/' }] },
  {
    key: 'staff',
    pages: [
      { name: 'staff', to: '/settings/staff' },
      { name: 'audit', to: '/settings/audit' },
    ],
  },
  {
    key: 'rhythm',
    pages: [
      { name: 'home', to: '/' },
      { name: 'insight', to: '/insight' },
      { name: 'imports', to: '/imports' },
      { name: 'candidates', to: '/candidates' },
    ],
  },
  { key: 'words', pages: [] },
];
