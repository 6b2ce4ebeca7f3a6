/** What the list kit wants to know of rows that come all at once. */
export const listed = <Row>(nodes: readonly Row[] | undefined, fetching: boolean, reload: () => void) => ({
  nodes: nodes ?? [],
  fetching,
  error: undefined,
  hasMore: false,
  loadingMore: false,
  loadMore: () => undefined,
  reload,
});
