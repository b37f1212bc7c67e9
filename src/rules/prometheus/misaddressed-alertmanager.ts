import type { FindingDraft } from '../../model/finding.ts';
import type { Service } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { reachOf } from '../support/hosts.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { routePrefix } from '../support/route-prefix.ts';
import { imageVersion } from '../support/versions.ts';

/**
 * Prometheus posts alerts to `<scheme>://<target><path_prefix>/api/<version>/alerts`
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#alertmanager_config); Alertmanager serves that below
 * its route prefix, by TLS where it is configured, and version 1 until 0.26 (https://github.com/prometheus/alertmanager/releases/tag/v0.27.0).
 */
export const misaddressedAlertmanager = defineRule({
  id: 'prometheus/misaddressed-alertmanager',
  severity: 'error',
  over: 'prometheus',
  claim: 'Path prefix, scheme and API version of an Alertmanager are those it serves.',
  check: ({ file, value, service }, { stack, repository: { tree } }) => {
    const from = stack.services.find((one) => one.name === service);
    if (file === undefined || from === undefined) return [];
    return listAt(value, 'alerting', 'alertmanagers').flatMap((one, index): FindingDraft[] => {
      if (listAt(one, 'relabel_configs').length > 0) return [];
      const above = ['alerting', 'alertmanagers', index];
      const targets = listAt(one, 'static_configs').flatMap((group) => listAt(group, 'targets'));
      const reached = targets.flatMap((target) => {
        const reach = reachOf(tree, stack, from, splitAddress(String(target), 'http').host);
        return reach.kind === 'service' && reach.service.product === 'alertmanager' ? [reach.service] : [];
      });
      const [manager] = reached.filter((it) => isOfItsMakers(it) && it.definition['entrypoint'] === undefined);
      if (manager === undefined) return [];
      return problems(one, manager).map(({ key, message, hint }) => ({
        at: { file, pointer: valueAt(one, key) === undefined ? above : [...above, key] },
        message: `Alertmanager "${manager.name}" ${message}, so no alert arrives`,
        related: [{ at: manager.at, note: 'the Alertmanager' }],
        hint,
        facts: { alertmanager: manager.name, key },
      }));
    });
  },
});

interface Problem {
  readonly key: string;
  readonly message: string;
  readonly hint: string;
}

function problems(written: unknown, manager: Service): Problem[] {
  const prefix = trimmed(textValue(written, 'path_prefix') ?? '');
  const served = routePrefix(manager);
  const found: Problem[] = [];
  if (served !== undefined && prefix !== served)
    found.push({
      key: 'path_prefix',
      message: `is asked below "${prefix || '/'}" and serves below "${served || '/'}"`,
      hint: served === '' ? 'Take "path_prefix" away' : `Write "path_prefix: ${served}"`,
    });
  if (textValue(written, 'scheme') === 'https' && flagValue(manager, 'web.config.file') === undefined)
    found.push({ key: 'scheme', message: 'is asked by TLS and speaks none', hint: 'Write "scheme: http"' });
  const [major = 0, minor = 0] = imageVersion(manager) ?? [];
  if (textValue(written, 'api_version') === 'v1' && (major > 0 || minor >= 27))
    found.push({ key: 'api_version', message: 'has no API of version 1 any more', hint: 'Write "api_version: v2"' });
  return found;
}

function trimmed(path: string): string {
  return path.replace(/^\/*/, '/').replace(/\/+$/, '');
}
