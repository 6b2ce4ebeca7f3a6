import { authExchange } from '@urql/exchange-auth';
import { cacheExchange, Client, type CombinedError, fetchExchange, subscriptionExchange } from 'urql';
import { createLiveClient } from '#lib/connection';
import { accessToken, needsRenewal, refresh } from '#lib/session';

const isUnauthenticated = (error: CombinedError): boolean =>
  error.response?.status === 401 ||
  error.graphQLErrors.some((e) => e.extensions.code === 'UNAUTHENTICATED');

/** The GraphQL client of the application: queries and mutations by POST, subscriptions over one WebSocket. */
export function createGraphQLClient(): Client {
  let live: ReturnType<typeof createLiveClient> | undefined;
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    exchanges: [
      cacheExchange,
      authExchange(async (utils) => ({
        addAuthToOperation: (operation) => {
          const token = accessToken();
          return token ? utils.appendHeaders(operation, { authorization: `Bearer ${token}` }) : operation;
        },
        willAuthError: () => accessToken() !== undefined && needsRenewal(),
        didAuthError: isUnauthenticated,
        refreshAuth: async () => {
          // Not reachable is not signed out: the operation's own error then says so.
          await refresh().catch(() => false);
        },
      })),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => {
            live ??= createLiveClient();
            let over = false;
            let end = () => {
              over = true;
            };
            live.then((client) => {
              if (!over) end = client.subscribe({ ...request, query: request.query ?? '' }, sink);
            }, sink.error);
            return { unsubscribe: () => end() };
          },
        }),
      }),
    ],
  });
}
