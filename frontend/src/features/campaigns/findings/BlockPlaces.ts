import { createContext } from 'react';
import type { BlockPlace } from './blockOf';

/** Names the block that holds a line of a body, while bodies are shown as blocks; elsewhere lines are named. */
export const BlockPlaces = createContext<(mall: string, line: number) => BlockPlace | undefined>(() => undefined);
