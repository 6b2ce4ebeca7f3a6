import { createContext, useContext } from 'react';
import type { SegmentPreviewQuery } from '#gql/segments/graphql';
import type { Field, GroupNode } from './rule';

/** What every part of the rule editor shares. */
interface RuleEditing {
  fields: ReadonlyMap<string, Field>;
  /** What the server found wrong, by the id of the node. */
  wrong: ReadonlyMap<string, SegmentPreviewQuery['segmentPreview']['errors'][number]>;
  root: GroupNode;
  setRoot: (root: GroupNode) => void;
  readOnly: boolean;
}

/** Set by the builder around its rule. */
export const RuleContext = createContext<RuleEditing | undefined>(undefined);

/** The rule being edited. Only for parts of the builder. */
export function useRule(): RuleEditing {
  const editing = useContext(RuleContext);
  if (!editing) throw new Error('useRule outside the builder');
  return editing;
}
