import { describe, expect, it } from 'vitest';
import {
  type ConditionNode,
  emptyCondition,
  emptyGroup,
  type Field,
  fromRule,
  isComplete,
  nodeAt,
  removeNode,
  replaceNode,
  toRule,
  withField,
  withOperator,
} from './rule';

const orders = {
  name: 'orders',
  type: 'NUMBER',
  perMall: true,
  period: false,
  choices: [],
  events: [],
  operators: [
    { name: 'gte', label: '', operand: 'ONE' },
    { name: 'lte', label: '', operand: 'ONE' },
    { name: 'between', label: '', operand: 'RANGE' },
  ],
} as unknown as Field;
const malls = {
  name: 'malls',
  type: 'CHOICES',
  perMall: false,
  period: false,
  choices: [],
  events: [],
  operators: [{ name: 'any_of', label: '', operand: 'LIST' }],
} as unknown as Field;
const fields = new Map([orders, malls].map((field) => [field.name, field]));

const rule = {
  all: [
    { field: 'orders', op: 'gte', value: 2, mall: 'RAKUTEN' },
    { not: { any: [{ field: 'malls', op: 'any_of', value: ['YAHOO'] }, { field: 'sku', op: 'any_of', value: ['A'], within_days: 365 }] } },
    { field: 'birth_month', op: 'this_month' },
  ],
};

describe('a rule tree', () => {
  it('comes back from the builder as it was stored', () => {
    expect(toRule(fromRule(rule))).toEqual(rule);
  });

  it('always has a group at its root', () => {
    expect(toRule(fromRule({ field: 'orders', op: 'gte', value: 1 }))).toEqual({
      all: [{ field: 'orders', op: 'gte', value: 1 }],
    });
    expect(toRule(fromRule({ not: { all: [{ field: 'orders', op: 'gte', value: 1 }] } }))).toEqual({
      all: [{ not: { all: [{ field: 'orders', op: 'gte', value: 1 }] } }],
    });
    expect(toRule(fromRule('nonsense'))).toEqual({ all: [{ field: '', op: '' }] });
  });

  it('drops groups that a removal leaves empty', () => {
    const root = fromRule({ all: [{ any: [{ field: 'orders', op: 'gte', value: 1 }] }] });
    const inner = root.children[0];
    if (inner?.kind !== 'group' || !inner.children[0]) throw new Error('the fixture has a group');
    expect(toRule(removeNode(root, inner.children[0].id))).toEqual({ all: [] });
  });

  it('changes one node and no other', () => {
    const root = fromRule(rule);
    const first = root.children[0] as ConditionNode;
    const next = replaceNode(root, first.id, (node) => ({ ...(node as ConditionNode), value: 5 }));
    expect(toRule(next)).toEqual({ all: [{ ...rule.all[0], value: 5 }, ...rule.all.slice(1)] });
  });
});

describe('a condition', () => {
  it('is complete once its operator has its value', () => {
    const root = (value: unknown, op = 'gte') => fromRule({ all: [{ field: 'orders', op, value }] });
    expect(isComplete(root(2), fields)).toBe(true);
    expect(isComplete(root(null), fields)).toBe(false);
    expect(isComplete(root([1, null], 'between'), fields)).toBe(false);
    expect(isComplete(root([1, 3], 'between'), fields)).toBe(true);
    expect(isComplete(fromRule({ all: [{ field: 'malls', op: 'any_of', value: [] }] }), fields)).toBe(false);
    expect(isComplete(fromRule({ all: [{ field: 'gone', op: 'gte', value: 1 }] }), fields)).toBe(false);
  });

  it('lets an empty root be everybody, but no other group be empty', () => {
    expect(isComplete(emptyGroup(), fields)).toBe(true);
    expect(isComplete({ ...emptyGroup(), children: [emptyGroup('any')] }, fields)).toBe(false);
  });

  it('keeps its value where another operator has the same shape', () => {
    const chosen = { ...withField(emptyCondition(), orders), value: 3 };
    const [, lte, between] = orders.operators;
    if (!lte || !between) throw new Error('the fixture has three operators');
    expect(withOperator(chosen, orders, lte).value).toBe(3);
    expect(withOperator(chosen, orders, between).value).toEqual([null, null]);
  });
});

describe('a path of a rule error', () => {
  it('leads to the deepest node it names', () => {
    const root = fromRule(rule);
    const group = root.children[1];
    if (group?.kind !== 'group') throw new Error('the fixture has a group');
    expect(nodeAt(root, 'all.1.not.any.1.value')).toBe(group.children[1]);
    expect(nodeAt(root, 'all.0.value')).toBe(root.children[0]);
    expect(nodeAt(root, '')).toBe(root);
  });
});

describe('the day a condition is asked of', () => {
  const then = { field: 'stage', op: 'any_of', value: ['GOLD'], as_of: '2026-10-31' };
  const stage = { ...malls, name: 'stage', asOf: true } as unknown as Field;

  it('is read and written, and left out where none is chosen', () => {
    expect(toRule(fromRule({ all: [then] }))).toEqual({ all: [then] });
    const { as_of: _, ...now } = then;
    expect(toRule(fromRule({ all: [{ ...then, as_of: '' }] }))).toEqual({ all: [now] });
  });

  it('goes with a field that knows only now', () => {
    const [node] = fromRule({ all: [then] }).children as [ConditionNode];
    expect(withField(node, stage)).toMatchObject({ asOf: '2026-10-31' });
    expect(withField(node, malls)).toMatchObject({ asOf: undefined });
  });
});

describe('products', () => {
  const bought = {
    field: 'viewed',
    op: 'gte',
    value: 2,
    within_days: 30,
    skus: ['TEA-01'],
    categories: ['お茶'],
  };
  const viewed = { ...orders, name: 'viewed', period: true, perProduct: true } as unknown as Field;

  it('are read and written with their condition', () => {
    expect(toRule(fromRule({ all: [bought] }))).toEqual({ all: [bought] });
    expect(toRule(fromRule({ all: [{ ...bought, skus: [], categories: [] }] }))).toEqual({
      all: [{ field: 'viewed', op: 'gte', value: 2, within_days: 30 }],
    });
  });

  it('stay when another field about products is chosen, and go with one that is not', () => {
    const [node] = fromRule({ all: [bought] }).children as [ConditionNode];
    expect(withField(node, viewed)).toMatchObject({ skus: ['TEA-01'], categories: ['お茶'], withinDays: 30 });
    expect(withField(node, orders)).toMatchObject({ skus: undefined, categories: undefined, withinDays: undefined });
  });
});

it('a condition about sales keeps its events, and loses them with a field that has none', () => {
  const share = { ...orders, name: 'event_share', events: [{ value: 'SUPER', label: '' }] } as unknown as Field;
  const stored = { all: [{ field: 'event_share', op: 'gte', value: 80, events: ['SUPER'] }] };
  expect(toRule(fromRule(stored))).toEqual(stored);
  const node = fromRule(stored).children[0] as ConditionNode;
  expect(withField(node, share)).toMatchObject({ events: ['SUPER'] });
  expect(toRule(withField(node, orders))).not.toHaveProperty('events');
});
