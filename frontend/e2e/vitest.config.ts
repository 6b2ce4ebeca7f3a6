import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Journeys run one after another: they share the machine, and each starts its own server. */
export default defineConfig({
  root: fileURLToPath(new URL('./', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite/e2e', import.meta.url)),
  test: {
    include: ['**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    bail: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
