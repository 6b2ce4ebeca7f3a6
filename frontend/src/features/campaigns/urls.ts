import { linkOptions } from '@tanstack/react-router';

/** The steps of the editor, in order. */
export const steps = ['audience', 'content', 'sender', 'review'] as const;
export type Step = (typeof steps)[number];

/** All campaigns. */
export const campaignsUrl = () => linkOptions({ to: '/campaigns' });

/** One campaign: its editor while it is a draft, its live figures afterwards. */
export const campaignUrl = (campaignId: string, step?: Step) =>
  linkOptions({ to: '/campaigns/$campaignId', params: { campaignId }, search: step ? { step } : {} });

/** What a message of a campaign can have become, in the order filters offer it. */
export const messageStatuses = [
  'SENT',
  'QUEUED',
  'SENDING',
  'SUPPRESSED',
  'HELD_OUT',
  'UNCERTAIN',
  'FAILED',
  'BOUNCED',
  'CANCELLED',
] as const;
