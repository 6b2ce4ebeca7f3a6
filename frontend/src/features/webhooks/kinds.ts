import type { WebhookEventKind } from '#gql/webhooks/graphql';

/** What an endpoint can hear of, in the order it is shown. */
export const eventKinds: WebhookEventKind[] = [
  'POINTS_BOOKED',
  'STAGE_CHANGED',
  'CONSENT_CHANGED',
  'CUSTOMER_JOINED',
  'CUSTOMER_MERGED',
  'CUSTOMER_UNMERGED',
  'CUSTOMER_ERASED',
  'OFFER_ISSUED',
  'OFFER_USED',
  'REFERRAL_REWARDED',
  'REFERRAL_TAKEN_BACK',
];

/** POINTS_BOOKED as partners read it: points.booked. */
export const typeOf = (kind: WebhookEventKind): string => kind.toLowerCase().replace('_', '.');
