import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

/**
 * Node reads the sources itself, and each once for all files of a worker: they state facts and share nothing.
 */
const together = {
  isolate: false,
  server: { deps: { external: [/\/src\//] } },
};
const common = { retry: 0, expect: { requireAssertions: true }, allowOnly: false, passWithNoTests: false };
const projects: TestProjectConfiguration[] = [
  {
    test: {
      ...common,
      ...together,
      name: 'unit',
      include: [
        'src/**/*.test.ts',
        'suites/**/*.test.ts',
        'fixtures/images/**/*.test.ts',
        'fixtures/defects/*.test.ts',
        'fixtures/formats/*.test.ts',
        'scripts/prepare/*.test.ts',
        'scripts/tables/*.test.ts',
      ],
      testTimeout: 60_000,
      sequence: { groupOrder: 0 },
    },
  },
  {
    // Agreement with the genuine programs: one file after another, each has two of their processes at a time.
    test: {
      ...common,
      name: 'peers',
      include: ['peers/*.test.ts'],
      testTimeout: 600_000,
      sequence: { groupOrder: 1 },
      fileParallelism: false,
    },
  },
  {
    test: {
      ...common,
      name: 'path',
      include: ['scripts/*.test.ts', 'fixtures/sabotage/*.test.ts'],
      testTimeout: 400_000,
      hookTimeout: 400_000,
      sequence: { groupOrder: 5 },
      fileParallelism: false,
    },
  },
];

export default defineConfig({
  test: {
    passWithNoTests: false,
    allowOnly: false,
    maxWorkers: 4,
    reporters: ['default', './src/commands/verdict-reporter.ts'],
    projects,
  },
});
