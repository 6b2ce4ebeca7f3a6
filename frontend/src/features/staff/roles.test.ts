import { describe, expect, it } from 'vitest';
import { byNoun } from './roles';

describe('the matrix of roles', () => {
  it('groups scopes by noun and leaves out what says nothing', () => {
    expect(byNoun(['viewer', 'node:read', 'me', 'customers:read', 'points:read', 'customers:write'])).toEqual([
      { noun: 'customers', scopes: ['customers:read', 'customers:write'] },
      { noun: 'points', scopes: ['points:read'] },
    ]);
  });
});
