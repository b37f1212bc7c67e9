import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { imageVersion } from '../support/versions.ts';
import { serviceOf } from './around.ts';

/** `Browser access mode in the Prometheus data source is no longer available` (https://grafana.com/docs/grafana/v10.2/datasources/prometheus/). */
export const directAccess = defineRule({
  id: 'grafana/direct-access',
  severity: 'warning',
  over: 'datasource',
  claim: 'No datasource is asked by the browser.',
  check: (source, { grafana, stack }): FindingDraft[] => {
    const { access = 'proxy', name, type, at } = source;
    if (access === 'proxy' || access === 'server' || access.includes('$')) return [];
    const place = { ...at, pointer: [...(at.pointer ?? []), 'access'] };
    if (access !== 'direct' && access !== 'browser') {
      const message = `Datasource "${name}" has the access "${access}", which Grafana does not know and takes for "proxy"`;
      return [{ at: place, message, hint: 'Write "proxy"', facts: { datasource: name, access } }];
    }
    const version = imageVersion(serviceOf(stack, grafana));
    const gone = type === 'prometheus' && version !== undefined && version[0] >= 10;
    const end = gone
      ? 'which Grafana 10 no longer does for Prometheus, so its panels show an error'
      : 'so every browser must reach it, and its password is of no use';
    return [
      {
        at: place,
        message: `Datasource "${name}" is to be asked by the browser (access "${access}"), ${end}`,
        hint: 'Write "proxy"',
        facts: { datasource: name, access },
      },
    ];
  },
});
