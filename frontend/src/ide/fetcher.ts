import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { freshToken } from '#lib/session';

const send = createGraphiQLFetcher({
  url: '/graphql',
  subscriptionUrl: `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`,
  enableIncrementalDelivery: false,
  // Looked up at each request, so that what replaces it is used.
  fetch: (...request) => window.fetch(...request),
});

/**
 * Queries and mutations by POST, subscriptions over a WebSocket of their own.
 * The token of the session goes with each, except where the headers editor
 * names another: so one can look through the eyes of a customer.
 */
export const fetcher: Fetcher = async (request, options) => {
  const headers = new Headers(options?.headers);
  if (!headers.has('authorization')) {
    const token = await freshToken();
    if (token) headers.set('authorization', `Bearer ${token}`);
  }
  return send(request, { ...options, headers: Object.fromEntries(headers) });
};
