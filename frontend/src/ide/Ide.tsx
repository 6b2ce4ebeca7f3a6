import { GraphiQL } from 'graphiql';
import { useSessionStatus } from '#lib/session';
import { fetcher } from './fetcher';
import { givenHeaders } from './given';

const headers = givenHeaders();

const firstQuery = `# What you send carries your sign-in, unless the headers below name an authorization.
query Me {
  viewer {
    staff {
      name
      role
    }
    scopes
  }
}
`;

const clientQuery = `# The headers below carry the token of a client: what you send has its rights, and no others.
query Brand {
  brand {
    name
  }
}
`;

/**
 * The developers' page for trying the API, a page of its own beside the
 * application. Headers are not kept between visits, as they may hold tokens.
 */
export function Ide() {
  const status = useSessionStatus();
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={headers ? clientQuery : firstQuery}
      headers={headers}
      defaultHeaders={headers}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>Meguri</GraphiQL.Logo>
      {status === 'out' && !headers && (
        <GraphiQL.Footer>
          Not signed in: requests carry no token. <a href="/sign-in">Sign in</a>, then load this page again.
        </GraphiQL.Footer>
      )}
    </GraphiQL>
  );
}
