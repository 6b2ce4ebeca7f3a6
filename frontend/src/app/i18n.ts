import { type BackendModule, createInstance, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the screen; the first is the default. */
export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

const i18n = createInstance();

const stored = 'meguri.language';

// One namespace per folder that has locales: `app`, `ui`, and each feature by its folder's name.
const files = import.meta.glob<{ default: Record<string, unknown> }>([
  '/src/{app,ui}/locales/*.json',
  '/src/features/*/locales/*.json',
]);

const byName = new Map(
  Object.entries(files).map(([path, load]) => {
    const [language, , namespace] = path.replace('.json', '').split('/').toReversed();
    return [`${language}/${namespace}`, load];
  }),
);

/** Reads a feature's words when its page is first opened, as a chunk of its own. */
const bundled: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language: string, namespace: string, done: ReadCallback) => {
    const load = byName.get(`${language}/${namespace}`);
    if (!load) {
      done(new Error(`no words for ${language}/${namespace}`), false);
      return;
    }
    load().then(
      (words) => done(null, words.default),
      (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause)), true),
    );
  },
};

/** Starts the words with the language chosen last, Japanese at first; resolves once the words of the shell are there. */
export async function startI18n(): Promise<void> {
  const chosen = languages.find((language) => language === localStorage.getItem(stored)) ?? languages[0];
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    localStorage.setItem(stored, language);
  });
  await i18n
    .use(bundled)
    .use(initReactI18next)
    .init({
      lng: chosen,
      supportedLngs: [...languages],
      fallbackLng: false,
      ns: ['app', 'ui'],
      defaultNS: 'app',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** For a route's loader: the words arrive beside the page's chunk, not after it. */
export const words = (...namespaces: string[]) => (): Promise<void> => i18n.loadNamespaces(namespaces);
