import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>(['/src/**/*.{ts,tsx}', '!/src/gql/**', '!/src/**/*.d.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Where a name is exported and nothing else imports it, it is dead or should not be exported. */
describe('exports', () => {
  it('are all used by another file', () => {
    const unused = Object.entries(sources).flatMap(([path, source]) =>
      [...source.matchAll(/^export (?:async )?(?:function|const|class|interface|type|let) (\w+)/gm)]
        .map((match) => match[1] ?? '')
        .filter(
          (name) =>
            !Object.entries(sources).some(([other, text]) => other !== path && new RegExp(`\\b${name}\\b`).test(text)),
        )
        .map((name) => `${path}: ${name}`),
    );
    expect(Object.keys(sources).length).toBeGreaterThan(50);
    expect(unused).toEqual([]);
  });
});
