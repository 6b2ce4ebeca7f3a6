import { describe, expect, it } from 'vitest';
import { actionsOf, fileAddress, filterOf, groupKey } from './filter';
import { auditSearch } from './urls';

const actions = [
  { action: 'staff.sign_in', label: 'サインイン', group: 'スタッフ' },
  { action: 'staff.invite', label: '招待', group: 'スタッフ' },
  { action: 'offer.create', label: '作成', group: '特典' },
];

describe('the filter of the log', () => {
  it('means one action, or a whole group whatever the language', () => {
    expect(actionsOf('offer.create', actions)).toEqual(['offer.create']);
    expect(actionsOf(groupKey(actions, 'スタッフ'), actions)).toEqual(['staff.sign_in', 'staff.invite']);
    expect(actionsOf(undefined, actions)).toBeUndefined();
  });

  it('reads what it knows from the address and drops the rest', () => {
    expect(auditSearch({ by: 'SYSTEM', from: '2026-11-01', to: '2026-13-01', what: '' })).toEqual({ by: 'SYSTEM', from: '2026-11-01' });
  });

  it('asks for the same entries as a file', () => {
    const filter = filterOf({ actor: 'staff 1', by: 'SYSTEM', what: 'all:staff.sign_in', from: '2026-11-01' }, actions);
    expect(filter.actorKind).toBeUndefined();
    expect(fileAddress(filter, 'ja')).toBe('/audit.csv?locale=ja&actions=staff.sign_in&actions=staff.invite&actor=staff+1&from=2026-11-01');
  });
});
