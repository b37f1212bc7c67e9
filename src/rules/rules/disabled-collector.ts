import { defineRule } from '../define-rule.ts';
import { switchedOff } from '../support/series/lacks.ts';
import { ruleSites } from '../support/series/sites.ts';
import { toldEach } from '../support/series/told.ts';

/**
 * A collector is off by default or by a flag (https://github.com/prometheus/node_exporter/tree/v1.6.1#collectors,
 * https://github.com/google/cadvisor/blob/v0.47.2/docs/runtime_options.md).
 */
export const disabledCollector = defineRule({
  id: 'rules/disabled-collector',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every metric that a rule asks for comes from a collector that is on.',
  check: (config, { repository, stack }) => toldEach(ruleSites(repository, stack, config), switchedOff),
});
