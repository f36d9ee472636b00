import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Two cores, and some tests start local parts: more workers only make them wait for each other.
    maxWorkers: 2,
    // Generous: nothing here is a statement about speed, and machines are shared.
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});
