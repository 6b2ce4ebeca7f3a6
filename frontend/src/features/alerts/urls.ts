import { campaignUrl } from '#features/campaigns/urls';
import { connectionsUrl } from '#features/connections/urls';
import { importUrl, watchedFoldersUrl } from '#features/imports/urls';
import { offersUrl } from '#features/offers/urls';
import { referralsUrl } from '#features/referrals/urls';
import { sendingUrl } from '#features/sending/urls';
import { webhooksUrl } from '#features/webhooks/urls';
import { type LinkProps, linkOptions } from '@tanstack/react-router';

/** The parts of the page of alerts; the first is the default. */
export const alertTabs = ['open', 'resolved', 'ledger'] as const;
export type AlertTab = (typeof alertTabs)[number];

/** All alerts, open ones first to be seen. */
export const alertsUrl = (tab?: AlertTab) => linkOptions({ to: '/alerts', search: tab && tab !== 'open' ? { tab } : {} });

/** Where one acts on an alert. */
export function alertUrl(alert: { kind: string; subjectId?: string | null }): LinkProps {
  const id = alert.subjectId;
  switch (alert.kind) {
    case 'IMPORT_FAILED':
    case 'QUARANTINE_WAITING':
      return id ? importUrl(id) : alertsUrl();
    case 'SCHEDULE_MISSED':
    case 'SCHEDULE_BLOCKED':
      return id ? campaignUrl(id) : alertsUrl();
    case 'CODES_LOW':
      return offersUrl(id ?? undefined);
    case 'SENDER_KEY':
    case 'SENDER_DNS':
      return sendingUrl();
    case 'WATCHED_FOLDER':
      return watchedFoldersUrl();
    case 'WEBHOOK_FAILING':
      return webhooksUrl({ open: id ?? undefined });
    case 'CONNECTION_EXPIRING':
    case 'CONNECTION_TROUBLED':
      return connectionsUrl();
    case 'REFERRALS_FLAGGED':
      return referralsUrl({ statuses: ['FLAGGED'] });
    case 'LEDGER_BROKEN':
      return alertsUrl('ledger');
    default:
      return alertsUrl();
  }
}
