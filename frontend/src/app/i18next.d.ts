import 'i18next';
import type home from '../features/home/locales/ja.json';
import type signIn from '../features/sign-in/locales/ja.json';
import type ui from '../ui/locales/ja.json';
import type app from './locales/ja.json';

declare module 'i18next' {
  /** Keys are checked by the compiler against the Japanese words; one line per feature. */
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: {
      app: typeof app;
      home: typeof home;
      'sign-in': typeof signIn;
      ui: typeof ui;
    };
  }
}
