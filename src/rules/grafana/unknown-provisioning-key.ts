import { olderSourceKeys, provisioningKeys } from '../../catalog/grafana-provisioning.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { isMapping, listAt, textValue } from '../../read/values.ts';
import { nearest } from '../../schema/nearest.ts';
import { defineRule } from '../define-rule.ts';
import { quote, quoteAll } from '../support/quote.ts';
import { isGrafana10, serviceOf } from './around.ts';

/**
 * Grafana reads the keys it knows and passes over the others without a word
 * (https://grafana.com/docs/grafana/v10.2/administration/provisioning/).
 */
export const unknownProvisioningKey = defineRule({
  id: 'grafana/unknown-provisioning-key',
  severity: 'warning',
  over: 'grafana',
  claim: 'Grafana reads every key of its provisioning files.',
  check: (grafana, { stack }) => {
    const pinned = isGrafana10(serviceOf(stack, grafana));
    return (grafana.provisioned ?? []).flatMap(({ kind, file, value }): FindingDraft[] => {
      if (kind === 'datasources' && isMapping(value) && !isVersioned(value)) return olderForm(file, value);
      return unknownIn(kind, value, [], '').flatMap(({ pointer, key, keys }): FindingDraft[] => {
        const meant = nearest(key, keys);
        // A later version may know what none of this one does.
        if (!pinned && meant === undefined) return [];
        return [
          {
            at: { file, pointer, part: 'key' },
            message: `${quote(key)} is no key that Grafana reads here, so it takes no effect`,
            hint: meant === undefined ? 'Remove it, or move it to where it is read' : `Write ${quote(meant)}`,
            facts: { key, kind },
          },
        ];
      });
    });
  },
});

/** Whether a provisioning file says that it is of the form in use since Grafana 5. */
export function isVersioned(value: unknown): boolean {
  return Number(textValue(value, 'apiVersion') ?? 0) > 0;
}

function olderForm(file: string, value: unknown): FindingDraft[] {
  const keys = listAt(value, 'datasources').flatMap((source) => (isMapping(source) ? Object.keys(source) : []));
  const lost = [...new Set(keys)].filter((key) => !olderSourceKeys.has(key));
  if (lost.length === 0) return [];
  const verb = lost.length === 1 ? 'takes' : 'take';
  return [
    {
      at: { file, pointer: ['datasources'], part: 'key' },
      message: `"${file}" has no "apiVersion", so Grafana reads it in its oldest form and ${quoteAll(lost)} ${verb} no effect`,
      hint: 'Write "apiVersion: 1" at its top',
      facts: { lost },
    },
  ];
}

interface Unknown {
  readonly pointer: Pointer;
  readonly key: string;
  readonly keys: ReadonlySet<string>;
}

function unknownIn(kind: string, value: unknown, pointer: Pointer, route: string): Unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => unknownIn(kind, item, [...pointer, index], join(route, '*')));
  if (!isMapping(value)) return [];
  const keys = provisioningKeys(kind, route);
  if (keys === undefined) return [];
  return Object.entries(value).flatMap(([key, held]): Unknown[] => {
    if (!keys.has(key)) return /^(?:x-|[._])/.test(key) ? [] : [{ pointer: [...pointer, key], key, keys }];
    return unknownIn(kind, held, [...pointer, key], join(route, key));
  });
}

function join(route: string, step: string): string {
  return route === '' ? step : `${route}.${step}`;
}
