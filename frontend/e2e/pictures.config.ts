import { defineConfig } from 'vitest/config';
import journeys from './vitest.config.ts';

/** `npm run pictures`: the pictures of the README, taken from the demonstration shop. */
export default defineConfig({ ...journeys, test: { ...journeys.test, include: ['pictures.ts'] } });
