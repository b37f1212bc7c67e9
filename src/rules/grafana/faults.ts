import { defineFault } from '../define-rule.ts';

/** JSON takes the last of two equal keys: the first one is lost without a word. */
export const duplicateKey = defineFault({
  id: 'grafana/duplicate-key',
  severity: 'warning',
  over: 'dashboard',
  claim: 'No mapping of a dashboard has a key twice.',
});

/** Grafana does not start with a settings file that it cannot read. */
export const unparsableIni = defineFault({
  id: 'grafana/unparsable-ini',
  severity: 'error',
  over: 'grafana',
  claim: 'The settings file of Grafana parses.',
});
