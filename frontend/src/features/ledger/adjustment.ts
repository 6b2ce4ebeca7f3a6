import type { LedgerAdjustmentFieldsFragment } from '#gql/ledger/graphql';

/** A file of adjustments as the pages know it. */
export type Adjustment = LedgerAdjustmentFieldsFragment;

/** What each state is coloured by. */
export const statusColors = { DRAFT: 'gray', WAITING: 'yellow', APPROVED: 'blue', BOOKED: 'green', REJECTED: 'red' } as const;
