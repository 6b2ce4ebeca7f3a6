import { type Tool, tools } from '../urls';

/** Why nobody but the mall itself may write to a person. */
const reasons: Record<string, Tool> = { 'RK-07': 'RAKUTEN', 'RK-08': 'RAKUTEN', 'YH-02': 'YAHOO' };

/** The tool by which people whom a reason takes out can be reached all the same. */
export const toolOf = (reason: string): Tool | undefined => reasons[reason];

/** How many of those left out each tool could reach, most first. */
export function reachedByTools(refused: readonly { reason: string; count: number }[]): { tool: Tool; count: number }[] {
  return tools
    .map((tool) => ({ tool, count: refused.reduce((sum, row) => sum + (toolOf(row.reason) === tool ? row.count : 0), 0) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}
