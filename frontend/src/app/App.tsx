import { Toasts } from '#ui/Toasts';
import { cssVariablesResolver, theme } from '#ui/theme/theme';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { Provider } from 'urql';
import { ErrorBoundary } from './ErrorBoundary';
import { createGraphQLClient } from './graphql';
import { createAppRouter } from './router';

const client = createGraphQLClient();
const router = createAppRouter(client);

/** The application: theme, GraphQL client and router around the pages. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <Toasts />
      <ErrorBoundary>
        <Provider value={client}>
          <RouterProvider router={router} />
        </Provider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
