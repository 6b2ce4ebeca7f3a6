import type { SegmentCatalogQuery } from '#gql/segments/graphql';
import { texts } from '#lib/search';

/** A field of the catalog, as the builder reads it. */
export type Field = SegmentCatalogQuery['segmentFields'][number];
/** An operator of a field. */
export type Operator = Field['operators'][number];

/** What a condition compares with; its shape follows from the operator's operand and the field's type. */
export type Value = number | string | boolean | readonly (number | string | null)[] | null;

/** A leaf being edited. `field` is empty until one is chosen, `value` null until it is filled in. */
export interface ConditionNode {
  kind: 'condition';
  id: string;
  negated: boolean;
  field: string;
  op: string;
  value: Value;
  mall?: string;
  withinDays?: number;
  /** Codes of products and categories that a field about products is narrowed to. */
  skus?: readonly string[];
  categories?: readonly string[];
  /** Codes of events that a field about sales is narrowed to; none: all sales. */
  events?: readonly string[];
  /** The day whose end is asked about, 2026-10-31; without one it is now. */
  asOf?: string;
}

/** Conditions and groups of which all or any must hold. */
export interface GroupNode {
  kind: 'group';
  id: string;
  negated: boolean;
  match: 'all' | 'any';
  children: readonly Node[];
}

export type Node = ConditionNode | GroupNode;

/** A rule as the server keeps it: {"all": […]}, {"any": […]}, {"not": …} or a condition. */
export type Rule = Record<string, unknown>;

const newId = () => crypto.randomUUID();

/** A group of nothing: as the root, everybody. */
export const emptyGroup = (match: GroupNode['match'] = 'all'): GroupNode => ({
  kind: 'group',
  id: newId(),
  negated: false,
  match,
  children: [],
});

/** A condition on which nothing is chosen yet. */
export const emptyCondition = (): ConditionNode => ({
  kind: 'condition',
  id: newId(),
  negated: false,
  field: '',
  op: '',
  value: null,
});

/** Reads a stored rule; the root is always a group, so that there is somewhere to add to. */
export function fromRule(rule: unknown): GroupNode {
  const node = readNode(rule, false);
  return node.kind === 'group' && !node.negated ? node : { ...emptyGroup(), children: [node] };
}

function readNode(rule: unknown, negated: boolean): Node {
  const raw = (typeof rule === 'object' && rule !== null ? rule : {}) as Rule;
  if ('not' in raw) return readNode(raw.not, !negated);
  for (const match of ['all', 'any'] as const) {
    const children = raw[match];
    if (Array.isArray(children)) {
      return { kind: 'group', id: newId(), negated, match, children: children.map((child) => readNode(child, false)) };
    }
  }
  return {
    kind: 'condition',
    id: newId(),
    negated,
    field: typeof raw.field === 'string' ? raw.field : '',
    op: typeof raw.op === 'string' ? raw.op : '',
    value: (raw.value ?? null) as Value,
    mall: typeof raw.mall === 'string' ? raw.mall : undefined,
    withinDays: typeof raw.within_days === 'number' ? raw.within_days : undefined,
    skus: texts(raw.skus),
    categories: texts(raw.categories),
    events: texts(raw.events),
    asOf: typeof raw.as_of === 'string' ? raw.as_of : undefined,
  };
}

/** Writes the rule as the server keeps it. */
export function toRule(node: Node): Rule {
  const bare = node.kind === 'group' ? { [node.match]: node.children.map(toRule) } : writeCondition(node);
  return node.negated ? { not: bare } : bare;
}

function writeCondition(node: ConditionNode): Rule {
  return {
    field: node.field,
    op: node.op,
    ...(node.value === null ? {} : { value: node.value }),
    ...(node.mall ? { mall: node.mall } : {}),
    ...(node.withinDays === undefined ? {} : { within_days: node.withinDays }),
    ...(node.skus?.length ? { skus: node.skus } : {}),
    ...(node.categories?.length ? { categories: node.categories } : {}),
    ...(node.events?.length ? { events: node.events } : {}),
    ...(node.asOf ? { as_of: node.asOf } : {}),
  };
}

/** The tree with one node changed. */
export function replaceNode(root: GroupNode, id: string, change: (node: Node) => Node): GroupNode {
  const visit = (node: Node): Node => {
    const next = node.id === id ? change(node) : node;
    return next.kind === 'group' ? { ...next, children: next.children.map(visit) } : next;
  };
  return visit(root) as GroupNode;
}

/** The tree without one node, and without the groups that are left empty by that; the root stays. */
export function removeNode(root: GroupNode, id: string): GroupNode {
  const keep = (node: Node): Node[] => {
    if (node.id === id) return [];
    if (node.kind === 'condition') return [node];
    const children = node.children.flatMap(keep);
    return children.length === 0 && node.children.length > 0 ? [] : [{ ...node, children }];
  };
  return { ...root, children: root.children.flatMap(keep) };
}

/** Whether every condition has all it needs, so that the server can be asked what the rule means. */
export function isComplete(node: Node, fields: ReadonlyMap<string, Field>, root = true): boolean {
  if (node.kind === 'group') {
    return (root || node.children.length > 0) && node.children.every((child) => isComplete(child, fields, false));
  }
  const operator = fields.get(node.field)?.operators.find((one) => one.name === node.op);
  return operator !== undefined && hasValue(node.value, operator);
}

function hasValue(value: Value, operator: Operator): boolean {
  switch (operator.operand) {
    case 'NONE':
      return true;
    case 'RANGE':
      return Array.isArray(value) && value.length === 2 && value.every((end) => end !== null && end !== '');
    case 'LIST':
      return Array.isArray(value) && value.length > 0;
    default:
      return value !== null && value !== '' && !Array.isArray(value);
  }
}

/** A chosen field begins with its first operator, and an operator with the value its form starts from. */
export function withField(node: ConditionNode, field: Field): ConditionNode {
  const operator = field.operators[0];
  const bare: ConditionNode = {
    kind: 'condition',
    id: node.id,
    negated: node.negated,
    field: field.name,
    op: '',
    value: null,
    mall: field.perMall ? node.mall : undefined,
    withinDays: field.period ? node.withinDays : undefined,
    skus: field.perProduct ? node.skus : undefined,
    categories: field.perProduct ? node.categories : undefined,
    events: field.events.length > 0 ? node.events : undefined,
    asOf: field.asOf ? node.asOf : undefined,
  };
  return operator ? withOperator(bare, field, operator) : bare;
}

/** Another operator keeps the value where it has the same shape. */
export function withOperator(node: ConditionNode, field: Field, operator: Operator): ConditionNode {
  const before = field.operators.find((one) => one.name === node.op);
  const kept = before?.operand === operator.operand ? node.value : firstValue(field, operator);
  return { ...node, op: operator.name, value: kept };
}

function firstValue(field: Field, operator: Operator): Value {
  if (operator.operand === 'ONE' && field.type === 'BOOLEAN') return true;
  if (operator.operand === 'RANGE') return [null, null];
  if (operator.operand === 'LIST') return [];
  return null;
}

/** The node a path of the server's rule errors ("all.0.not.value") speaks of: the deepest on the way. */
export function nodeAt(root: GroupNode, path: string): Node {
  let node: Node = root;
  let found: Node = root;
  for (const part of path.split('.')) {
    if (node.kind === 'group' && /^\d+$/.test(part)) {
      const child: Node | undefined = node.children[Number(part)];
      if (!child) break;
      node = child;
      found = child;
    }
  }
  return found;
}
