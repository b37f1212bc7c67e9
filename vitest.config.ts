import { defineConfig } from 'vitest/config';

const common = { retry: 0, expect: { requireAssertions: true }, allowOnly: false, passWithNoTests: false };
const suite = {
  ...common,
  globalSetup: ['suites/support/setup.ts'],
  testTimeout: 150_000,
  hookTimeout: 150_000,
  maxConcurrency: 16,
};

export default defineConfig({
  test: {
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', './src/commands/verdict-reporter.ts'],
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['src/**/*.test.ts', 'fixtures/images/**/*.test.ts', 'scripts/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { ...suite, name: 'static', include: ['suites/static/*.suite.ts'] } },
      { test: { ...suite, name: 'live', include: ['suites/live/*.suite.ts'] } },
      {
        test: {
          ...common,
          name: 'path',
          include: ['suites/path/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
