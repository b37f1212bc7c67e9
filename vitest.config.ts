import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { SuiteOrder } from './src/commands/suite-order.ts';

/**
 * In a checkout Node reads the sources itself, and each once for all files of a worker: they state facts and share
 * nothing. Below node_modules Node takes no types away (https://nodejs.org/api/typescript.html): there vitest does it.
 */
const together = {
  isolate: false,
  ...(import.meta.dirname.includes('/node_modules/') ? {} : { server: { deps: { external: [/\/src\//] } } }),
};
const common = { retry: 0, expect: { requireAssertions: true }, allowOnly: false, passWithNoTests: false };
const suite = {
  ...common,
  globalSetup: ['suites/support/setup.ts'],
  // Above all the waiting one case may do: a Grafana's first start, its variables, both ways to ask a query.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // Cases of the first phase wait far more than they work.
  maxConcurrency: 64,
  ...together,
};

/**
 * The suites state facts about a stack of somebody's: one that is running for them, or of the repository that
 * `STACKPROOF_REPO` names. Without either it is the bundled example's, and then they run once, within the whole path.
 */
const running = process.env['STACKPROOF_RUN'] !== undefined;
const asked = running || process.env['STACKPROOF_REPO'] !== undefined;
const suites: TestProjectConfiguration[] = [
  { test: { ...suite, name: 'static', include: ['suites/static/*.suite.ts'], sequence: { groupOrder: 2 } } },
  { test: { ...suite, name: 'live', include: ['suites/live.suite.ts'], sequence: { groupOrder: 3 } } },
  {
    // These stop and break services of the lab, so they run one after another, and when nobody else looks at it.
    test: {
      ...suite,
      name: 'after',
      // One case may take all volumes away and back, on a machine that does other things as well.
      testTimeout: 900_000,
      include: ['suites/after/*.suite.ts'],
      sequence: { groupOrder: 4 },
      fileParallelism: false,
    },
  },
];

/** What tests us. */
const own: TestProjectConfiguration[] = [
  {
    test: {
      ...common,
      ...together,
      name: 'unit',
      include: [
        'src/**/*.test.ts',
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
    sequence: { sequencer: SuiteOrder },
    reporters: ['default', './src/commands/verdict-reporter.ts'],
    projects: running ? suites : [...own, ...(asked ? suites : [])],
  },
});
