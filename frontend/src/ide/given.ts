/**
 * The headers that carry a token which stood behind the # of the address: a page
 * that hands a token over opens the IDE so. It leaves the address at once.
 */
export function givenHeaders(): string | undefined {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (!token) return undefined;
  history.replaceState(null, '', window.location.pathname);
  return JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2);
}
