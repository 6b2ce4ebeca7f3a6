import { createContext, useContext } from 'react';
import type { ShellViewerQuery } from '#gql/app/graphql';

/** Who is signed in, what they may do, and the merchant they work for. */
type Viewer = NonNullable<ShellViewerQuery['viewer']>;

/** Set by the shell once the viewer is known; no page renders before. */
export const ViewerContext = createContext<Viewer | undefined>(undefined);

/** The person at the screen. Only for pages inside the shell. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer outside the shell');
  return viewer;
}

/** Whether the person at the screen has a scope: what they may not do is not offered. */
export const useScope = (scope: string): boolean => useViewer().scopes.includes(scope);
