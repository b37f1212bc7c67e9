import type { AlertmanagerConfig, InhibitRule, Matcher, Route } from '../../model/alertmanager.ts';
import type { Pointer } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { containerFile } from '../container.ts';
import type { Documents } from '../documents.ts';
import { flagValue } from '../flags.ts';
import { openMapping } from '../open-mapping.ts';
import { containerPath } from '../paths.ts';
import type { Mapping } from '../values.ts';
import { flagAt, isMapping, listAt, optional, textValue, valueAt } from '../values.ts';
import { mappedMatchers, matcherTexts, parseMatchers } from './matchers.ts';
import { receiversOf } from './receivers.ts';

const defaultPath = '/etc/alertmanager/alertmanager.yml';
const bitnamiPath = '/opt/bitnami/alertmanager/conf/config.yml';

/** What a matcher of a file needs to name its faults. */
interface Reading {
  readonly documents: Documents;
  readonly file: string;
}

/** Alertmanager of one service. Matchers that Alertmanager refuses are reported as `alertmanager/invalid-matcher`. */
export function readAlertmanager(documents: Documents, service: Service): AlertmanagerConfig {
  const fallback = service.image?.value.includes('bitnami') === true ? bitnamiPath : defaultPath;
  const path = containerPath('/alertmanager', flagValue(service, 'config.file')?.value || fallback);
  const file = containerFile(documents.tree, service, path);
  const value = file === undefined ? undefined : openMapping(documents, file, {}, 'yaml');
  if (file === undefined || value === undefined) {
    const empty = { receivers: [], inhibitRules: [], templates: [] };
    return { service: service.name, ...optional('file', file), value: {}, ...empty };
  }
  const reading = { documents, file };
  const root = valueAt(value, 'route');
  return {
    service: service.name,
    file,
    value,
    ...(isMapping(root) ? { route: routeOf(reading, root, ['route'], { receiver: '', groupBy: [] }) } : {}),
    receivers: receiversOf(file, value),
    inhibitRules: listAt(value, 'inhibit_rules').map((rule, index) => inhibitRuleOf(reading, rule, index)),
    templates: listAt(value, 'templates').flatMap((item, index) => {
      const text = textValue(item);
      return text === undefined ? [] : [{ value: text, at: { file, pointer: ['templates', index] } }];
    }),
  };
}

function routeOf(
  reading: Reading,
  value: Mapping,
  pointer: Pointer,
  above: { readonly receiver: string; readonly groupBy: readonly string[] },
): Route {
  const written = valueAt(value, 'group_by');
  const groupBy = Array.isArray(written) ? written.flatMap((item: unknown) => textValue(item) ?? []) : above.groupBy;
  const receiver = textValue(value, 'receiver') || above.receiver;
  return {
    receiver,
    groupBy,
    matchers: [
      ...mappedMatchers(value, 'match', '='),
      ...mappedMatchers(value, 'match_re', '=~'),
      ...stringMatchers(reading, value, 'matchers', pointer),
    ],
    continue: flagAt(value, 'continue') ?? false,
    routes: listAt(value, 'routes').flatMap((child, index) =>
      isMapping(child) ? [routeOf(reading, child, [...pointer, 'routes', index], { receiver, groupBy })] : [],
    ),
    at: { file: reading.file, pointer },
    value,
  };
}

function inhibitRuleOf(reading: Reading, rule: unknown, index: number): InhibitRule {
  const pointer: Pointer = ['inhibit_rules', index];
  const side = (name: 'source' | 'target'): Matcher[] => [
    ...mappedMatchers(rule, `${name}_match`, '='),
    ...mappedMatchers(rule, `${name}_match_re`, '=~'),
    ...stringMatchers(reading, rule, `${name}_matchers`, pointer),
  ];
  return {
    source: side('source'),
    target: side('target'),
    equal: listAt(rule, 'equal').flatMap((item) => textValue(item) ?? []),
    at: { file: reading.file, pointer },
  };
}

/** Matchers in the string form of Alertmanager 0.22 and later. */
function stringMatchers(reading: Reading, value: unknown, key: string, pointer: Pointer): Matcher[] {
  return matcherTexts(value, key).flatMap(({ text, index }) => {
    const { matchers, invalid } = parseMatchers(text);
    for (const { part, wrong } of invalid) {
      reading.documents.report({
        rule: 'alertmanager/invalid-matcher',
        at: { file: reading.file, pointer: index === undefined ? [...pointer, key] : [...pointer, key, index] },
        message: `The matcher "${part}" ${wrong}, so Alertmanager refuses the file`,
      });
    }
    return matchers;
  });
}
