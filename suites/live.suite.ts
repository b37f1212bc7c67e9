import { liveSuites } from '../src/index.ts';

/**
 * All suites of the first phase in one process, since each would load the same modules again: `STACKPROOF_SUITES` names
 * those that are asked for, all where it names none.
 */
const asked = (process.env['STACKPROOF_SUITES'] ?? '').split(',').filter((name) => name !== '');
for (const { name, phase } of liveSuites)
  if (phase === 'beside' && (asked.length === 0 || asked.includes(name))) await import(`./live/${name}.suite.ts`);
