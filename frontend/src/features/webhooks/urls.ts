import type { WebhookDeliveryStatus } from '#gql/webhooks/graphql';
import { oneOf, text } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** The word of the address that opens the form for a new endpoint. */
export const newEndpoint = 'new';

/** How a delivery can stand. */
export const deliveryStatuses: readonly WebhookDeliveryStatus[] = ['WAITING', 'DELIVERED', 'DEAD'];

/** What the address bar holds: the endpoint that is open, or the form for a new one, which of its deliveries are listed, and the one shown. */
interface WebhooksSearch {
  open?: string;
  status?: WebhookDeliveryStatus;
  delivery?: string;
}

export const webhooksSearch = (raw: Record<string, unknown>): WebhooksSearch => ({
  open: text(raw.open),
  status: oneOf(...deliveryStatuses)(raw.status),
  delivery: text(raw.delivery),
});

/** Where partners hear what happens, with one endpoint open. */
export const webhooksUrl = (search: WebhooksSearch = {}) => linkOptions({ to: '/settings/webhooks', search });
