import { prometheusFeatures } from '../../catalog/prometheus-flags.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { nearest } from '../../schema/nearest.ts';
import { defineRule } from '../define-rule.ts';
import { prometheusCommand } from '../support/kingpin.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { isAtMost } from '../support/versions.ts';

const settled: Readonly<Record<string, string>> = {
  'promql-at-modifier': 'it is on anyway since 2.33',
  'promql-negative-offset': 'it is on anyway since 2.33',
  'remote-write-receiver': 'write "--web.enable-remote-write-receiver"',
};

/** Flags and features that do nothing any more, or under another name (https://prometheus.io/docs/prometheus/2.47/feature_flags/). */
export const deprecatedFlag = defineRule({
  id: 'prometheus/deprecated-flag',
  severity: 'warning',
  over: 'service',
  claim: 'No flag of Prometheus is deprecated, and every feature it names exists.',
  check: (service) => {
    if (service.product !== 'prometheus' || !isOfItsMakers(service)) return [];
    const given = prometheusCommand(service)?.given ?? [];
    return given.flatMap(({ name, flag, value = '', word }): FindingDraft[] => {
      const facts = { flag: word.value };
      if (flag.deprecated !== undefined)
        return [{ at: word.at, message: `"--${name}" is deprecated: ${flag.deprecated}`, facts }];
      if (name !== 'enable-feature') return [];
      return value.split(',').flatMap((feature): FindingDraft[] => {
        const why = Object.hasOwn(settled, feature) ? settled[feature] : undefined;
        if (why !== undefined)
          return [{ at: word.at, message: `The feature "${feature}" is no feature any more: ${why}`, facts }];
        if (feature === '' || prometheusFeatures.includes(feature) || !isAtMost(service, 2, 47)) return [];
        const meant = nearest(feature, prometheusFeatures);
        const message = `"${feature}" is no feature of Prometheus, so it only logs a warning and nothing is switched on`;
        return [{ at: word.at, message, facts, hint: meant === undefined ? 'Take it out' : `Write "${meant}"` }];
      });
    });
  },
});
