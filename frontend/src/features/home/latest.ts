import { HomeCampaignsDocument, type HomeCampaignsQuery, HomeImportsDocument, type HomeImportsQuery } from '#gql/home/graphql';
import { useScope } from '#lib/viewer';
import { useQuery } from 'urql';

type Campaign = HomeCampaignsQuery['campaigns']['edges'][number]['node'];
type Missed = HomeCampaignsQuery['missed']['edges'][number]['node'];
type Import = HomeImportsQuery['imports']['edges'][number]['node'];

/** The newest campaigns; undefined until they are there, and for who may not see them. */
export function useCampaigns(): Campaign[] | undefined {
  const pause = !useScope('campaigns:read');
  const [{ data }] = useQuery({ query: HomeCampaignsDocument, pause });
  return data?.campaigns.edges.map((edge) => edge.node);
}

/** The campaigns whose scheduled start did not happen; empty for who may not see them. */
export function useMissed(): Missed[] {
  const pause = !useScope('campaigns:read');
  const [{ data }] = useQuery({ query: HomeCampaignsDocument, pause });
  return data?.missed.edges.map((edge) => edge.node) ?? [];
}

/** The newest imports; undefined until they are there, and for who may not see them. */
export function useImports(): Import[] | undefined {
  const pause = !useScope('imports:read');
  const [{ data }] = useQuery({ query: HomeImportsDocument, pause });
  return data?.imports.edges.map((edge) => edge.node);
}
