import { expect, it } from 'vitest';
import { givenHeaders } from './given';

it('takes a token out of the address into the headers', () => {
  window.location.hash = '#token=of.a.client';
  expect(JSON.parse(givenHeaders() ?? '')).toEqual({ Authorization: 'Bearer of.a.client' });
  expect(window.location.hash).toBe('');
  expect(givenHeaders()).toBeUndefined();
});
