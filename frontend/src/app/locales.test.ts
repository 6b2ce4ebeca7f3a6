import { describe, expect, it } from 'vitest';

type Words = { [key: string]: string | Words };

const files = import.meta.glob<Words>(['/src/{app,ui,member}/locales/*.json', '/src/features/*/locales/*.json'], {
  eager: true,
  import: 'default',
});

/** Every key with the variables of its sentence; plural forms of one word count as one key, as languages differ in them. */
function keys(words: Words, path = ''): string[] {
  return Object.entries(words).flatMap(([key, word]) => {
    const at = `${path}${key}`;
    if (typeof word !== 'string') return keys(word, `${at}.`);
    const variables = [...word.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).toSorted();
    return [`${at.replace(/_(zero|one|two|few|many|other)$/, '')} ${variables.join(',')}`];
  });
}

const folders = [...new Set(Object.keys(files).map((path) => path.replace(/\/(ja|en)\.json$/, '')))];

describe('the words on screen', () => {
  it('are found', () => {
    expect(folders).toEqual(expect.arrayContaining(['/src/app/locales', '/src/ui/locales', '/src/features/home/locales']));
  });

  it.each(folders)('%s: Japanese and English have the same keys and variables', (folder) => {
    const ja = new Set(keys(files[`${folder}/ja.json`] ?? {}));
    const en = new Set(keys(files[`${folder}/en.json`] ?? {}));
    expect([...en].toSorted()).toEqual([...ja].toSorted());
  });

  it.each(folders)('%s: no sentence is empty', (folder) => {
    for (const language of ['ja', 'en']) {
      expect(JSON.stringify(files[`${folder}/${language}.json`])).not.toContain('""');
    }
  });
});
