import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { flagAt, listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import type { StackContext } from '../grains.ts';
import { placeIn } from '../support/places.ts';
import { quoteAll } from '../support/quote.ts';
import { hasUnknownParts, undeclared } from './undeclared.ts';

/**
 * `service … depends on undefined service …`: compose says so of `depends_on`, `links`, `volumes_from` and the name spaces
 * of another service (https://docs.docker.com/reference/compose-file/services/#depends_on). A service of a profile is not
 * there until its profile is on (https://docs.docker.com/compose/how-tos/profiles/#start-specific-profiles).
 */
export const undefinedDependency = defineRule({
  id: 'compose/undefined-dependency',
  severity: 'error',
  over: 'service',
  claim: 'Every service that another needs is there when it starts.',
  check: (service, context) =>
    needsOf(service).flatMap(({ name, at }) => {
      const other = context.stack.services.find((one) => one.name === name);
      if (other === undefined) return undeclared(context, { kind: 'service', name, service, at });
      return hasUnknownParts(context.repository, context.stack) ? [] : outOfProfile(service, other, at, context);
    }),
});

interface Need {
  readonly name: string;
  readonly at: Place;
}

function needsOf(service: Service): Need[] {
  const { definition, dependsOn } = service;
  const waits = dependsOn
    .filter(({ service: name }) => flagAt(definition, 'depends_on', name, 'required') !== false)
    .map(({ service: name, at }) => ({ name, at }));
  const shares = ['network_mode', 'pid', 'ipc'].flatMap((key): Need[] => {
    const name = /^service:(.+)$/.exec(textValue(definition, key) ?? '')?.[1];
    return name === undefined ? [] : [{ name, at: placeIn(service, key) }];
  });
  const lists = ['links', 'volumes_from'].flatMap((key) =>
    listAt(definition, key).flatMap((entry, index): Need[] => {
      const text = typeof entry === 'string' && !entry.startsWith('container:') ? entry : '';
      const name = text.split(':')[0] ?? '';
      return name === '' ? [] : [{ name, at: placeIn(service, key, index) }];
    }),
  );
  return [...waits, ...shares, ...lists];
}

function outOfProfile(service: Service, other: Service, at: Place, { stack }: StackContext): FindingDraft[] {
  const [own, its] = [profilesOf(service), profilesOf(other)];
  const together = its.length === 0 || own.some((profile) => its.includes(profile));
  if (together || stack.variables.some(({ name }) => name === 'COMPOSE_PROFILES')) return [];
  return [
    {
      at,
      severity: 'warning',
      message: `Service "${service.name}" needs "${other.name}", which is there with the profile ${quoteAll(its)} only, so without it compose refuses to start "${service.name}"`,
      related: [{ at: other.at, note: 'the service with a profile' }],
      hint: 'Give both the same profiles, or say "required: false"',
      facts: { service: service.name, dependency: other.name, profiles: its },
    },
  ];
}

function profilesOf({ definition }: Service): string[] {
  return listAt(definition, 'profiles').map(String);
}
