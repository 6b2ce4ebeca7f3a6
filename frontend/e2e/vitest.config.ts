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
    // For two cores that do other things, too: nothing here asserts how long something takes.
    testTimeout: 400_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
