import { customerUrl } from '#features/customers/urls';
import { campaignUrl } from '#features/campaigns/urls';
import { importUrl } from '#features/imports/urls';
import { offersUrl } from '#features/offers/urls';
import { segmentUrl } from '#features/segments/urls';
import { ShellSearchDocument, type ShellSearchQuery } from '#gql/app/graphql';
import { useScope } from '#lib/viewer';
import type { LinkProps } from '@tanstack/react-router';
import { useQuery } from 'urql';

/** From how many letters on the server is asked. */
const shortest = 2;
/** How many customers are shown. */
export const shownCustomers = 6;

type Hit = ShellSearchQuery['search'][number];

/** What the server finds for a text: people, and things by their names; nothing for a text that is too short. */
export function useFound(query: string) {
  const withCustomers = useScope('customers:read');
  const asked = query.length >= shortest;
  const [{ data, fetching, stale }] = useQuery({
    query: ShellSearchDocument,
    variables: { query, first: shownCustomers, withCustomers },
    pause: !asked,
  });
  return {
    searching: asked && (fetching || stale),
    customers: asked ? (data?.customers?.edges.map((edge) => edge.node) ?? []) : [],
    hits: asked ? (data?.search ?? []) : [],
  };
}

/** The page of a hit. */
export function hitUrl(hit: Hit): LinkProps {
  switch (hit.kind) {
    case 'ORDER':
      // Of an order without a buyer nobody has a page: it stands beside the import that brought it.
      return hit.importId ? importUrl(hit.importId, { orders: 'WITHOUT_BUYER', order: hit.name }) : customerUrl(hit.id, { tab: 'orders' });
    case 'CAMPAIGN':
      return campaignUrl(hit.id);
    case 'SEGMENT':
      return segmentUrl(hit.id);
    case 'OFFER':
      return offersUrl(hit.id);
    case 'IMPORT':
      return importUrl(hit.id);
  }
}
