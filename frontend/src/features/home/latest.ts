import {
  HomeCampaignsDocument,
  type HomeCampaignsQuery,
  HomeFirstCampaignDocument,
  HomeImportsDocument,
  type HomeImportsQuery,
  HomeSenderDocument,
  HomeShopsDocument,
} from '#gql/home/graphql';
import { senderComplete } from '#lib/sender';
import { useScope } from '#lib/viewer';
import { useQuery } from 'urql';

export type Campaign = HomeCampaignsQuery['campaigns']['edges'][number]['node'];
export type Import = HomeImportsQuery['imports']['edges'][number]['node'];

/** The newest campaigns that are more than a draft; undefined until they are there, and for who may not see them. */
export function useCampaigns(): Campaign[] | undefined {
  const [{ data }] = useQuery({ query: HomeCampaignsDocument, pause: !useScope('campaigns:read') });
  return data?.campaigns.edges.map((edge) => edge.node);
}

/** The newest imports; undefined until they are there, and for who may not see them. */
export function useImports(): Import[] | undefined {
  const [{ data }] = useQuery({ query: HomeImportsDocument, pause: !useScope('imports:read') });
  return data?.imports.edges.map((edge) => edge.node);
}

/** The malls the merchant sells on; undefined until they are known. */
export function useMalls() {
  const [{ data }] = useQuery({ query: HomeShopsDocument, pause: !useScope('shops:read') });
  return data && [...new Set(data.shops.map((shop) => shop.mall))];
}

/** Whether everything stands that a mail must say about its sender; undefined until it is known. */
export function useSenderReady(): boolean | undefined {
  const [{ data }] = useQuery({ query: HomeSenderDocument, pause: !useScope('settings:read') });
  return data && senderComplete(data.senderSettings);
}

/** Whether any campaign was ever sent; undefined until it is known. */
export function useEverSent(): boolean | undefined {
  const [{ data }] = useQuery({ query: HomeFirstCampaignDocument, pause: !useScope('campaigns:read') });
  return data && data.campaigns.edges.length > 0;
}
