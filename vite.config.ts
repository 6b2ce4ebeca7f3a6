import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const src = (room: string) => fileURLToPath(new URL(`./frontend/src/${room}`, import.meta.url));

const page = (name: string) => fileURLToPath(new URL(`./frontend/${name}.html`, import.meta.url));

const beside = (mode: string) => mode === 'ide' || mode === 'member';

/** The meguri server that `npm run dev` talks to. */
const server = process.env.MEGURI_DEV_SERVER ?? 'http://127.0.0.1:8080';

// changeOrigin stays false: the server compares Origin with Host and refuses WebSockets that differ.
const proxied = { target: server, changeOrigin: false };

// Mode ide builds the GraphQL IDE, which the server shows with MEGURI_DEV=on, and mode
// member the page of shoppers. Built together, they would share chunks, and the
// application's first page would grow.
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('./frontend', import.meta.url)),
  cacheDir: fileURLToPath(new URL('./node_modules/.vite', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: {
      '#app': src('app'),
      '#features': src('features'),
      '#gql': src('gql'),
      '#lib': src('lib'),
      '#ui': src('ui'),
      'graphql-tag': src('lib/gqlTag.ts'),
    },
  },
  css: {
    postcss: fileURLToPath(new URL('./', import.meta.url)),
    modules: { localsConvention: 'camelCase' },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/graphql': { ...proxied, ws: true },
      '/auth': proxied,
      '/docs': proxied,
      '/uploads': proxied,
      '/u': proxied,
      '/t': proxied,
    },
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: !beside(mode), // these go beside the application
    chunkSizeWarningLimit: mode === 'ide' ? 1500 : 500,
    rolldownOptions: {
      input: page(beside(mode) ? mode : 'index'),
      checks: { moduleLevelDirective: false, pluginTimings: false }, // of libraries, and of a busy machine
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/app/testSetup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
}));
