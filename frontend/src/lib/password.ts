/** How well a new password holds; the server refuses what is not at least good. */
export type Strength = 'empty' | 'short' | 'guessable' | 'good' | 'strong';

/** The server's bounds (crm/access/password.go). */
export const minPassword = 12;
const minDistinct = 5;
const strongFrom = 18;

/**
 * Judges a password as the server does: by its length, by how many different
 * characters it has, and by what is left without the words of the person.
 */
export function strengthOf(password: string, about: readonly string[] = []): Strength {
  const characters = [...password];
  if (characters.length === 0) return 'empty';
  if (characters.length < minPassword) return 'short';
  if (new Set(characters).size < minDistinct) return 'guessable';
  const rest = [...withoutWords(password.toLowerCase(), ['meguri', 'password', ...about])].length;
  if (rest < minPassword / 2) return 'guessable';
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u, /\p{Lo}/u].filter((kind) => kind.test(password)).length;
  return rest >= strongFrom || (rest >= minPassword && kinds >= 3) ? 'strong' : 'good';
}

function withoutWords(password: string, about: readonly string[]): string {
  const words = about.flatMap((text) => text.toLowerCase().split(/[\s@._\-+]+/)).filter((word) => [...word].length > 2);
  return words.reduce((rest, word) => rest.replaceAll(word, ''), password);
}
