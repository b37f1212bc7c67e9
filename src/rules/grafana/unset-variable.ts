import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Place } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { hasWholeEnvironment, isOpaque, serviceOf } from './around.ts';

/** What the image and the engine set. */
const given = /^(?:GF_PATHS_\w+|GF_UID|GF_GID|HOSTNAME|HOME|PATH|PWD|NONCE|ROOT_PATH|__\w+)$/;

/**
 * Settings and provisioning files may name variables and files of the container; an unset variable is the empty text, and a
 * file that is not there ends Grafana
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#variable-expansion).
 */
export const unsetVariable = defineRule({
  id: 'grafana/unset-variable',
  severity: 'error',
  over: 'grafana',
  claim: 'Every variable and file that a setting of Grafana is filled in from is there.',
  check: (grafana, { stack, repository: { tree } }) => {
    const service = serviceOf(stack, grafana);
    if (service === undefined || isOpaque(service)) return [];
    const whole = hasWholeEnvironment(tree, stack, service);
    return textsOf(grafana).flatMap(({ text, at, provisioned }) =>
      referencesIn(text, provisioned).flatMap(({ kind, name, span }): FindingDraft[] => {
        const where: Place = at.span === undefined ? { ...at, span } : at;
        const facts = { service: service.name, name };
        if (kind === 'file') {
          if (!/^\/[^$]*$/.test(name) || isMounted(service, name)) return [];
          const byScript = [...service.environment].some(
            ([key, { value }]) => key.endsWith('__FILE') && value === name,
          );
          const lost = byScript ? 'the setting is empty' : 'Grafana cannot fill it in and does not start';
          return [
            {
              at: where,
              message: `"${name}" is not mounted into "${service.name}", so ${lost}`,
              related: [{ at: service.at, note: 'the mounts of this service' }],
              hint: 'Mount the file, or give the service the secret',
              facts,
            },
          ];
        }
        if (!whole || given.test(name) || service.environment.has(name)) return [];
        return [
          {
            at: where,
            severity: 'warning',
            message: `"${name}" is no variable of the service "${service.name}", so Grafana puts nothing in its place`,
            related: [{ at: service.at, note: 'the environment of this service' }],
            hint: `Set "${name}" in the environment of the service`,
            facts,
          },
        ];
      }),
    );
  },
});

interface Written {
  readonly text: string;
  readonly at: Place;
  readonly provisioned: boolean;
}

/** Settings of the file, and the texts of the provisioning files that Grafana expands: not queries, not annotations. */
function textsOf(grafana: GrafanaConfig): Written[] {
  const settings = [...grafana.settings].filter(([setting]) => !/content_security_policy/.test(setting));
  const files = (grafana.provisioned ?? []).filter(({ kind }) => kind === 'datasources' || kind === 'alerting');
  return [
    ...settings.map(([, { value, at }]) => ({ text: value, at, provisioned: false })),
    ...files.flatMap(({ file, value }) => textsIn(value, { file, pointer: [] })),
  ];
}

function textsIn(value: unknown, at: Place): Written[] {
  if (typeof value === 'string') return value.includes('$') ? [{ text: value, at, provisioned: true }] : [];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : Object.entries(value);
  return entries.flatMap(([key, held]) =>
    key === 'model' || key === 'annotations' || key === 'labels' || key === 'templates'
      ? []
      : textsIn(held, { ...at, pointer: [...(at.pointer ?? []), key] }),
  );
}

interface Reference {
  readonly kind: 'file' | 'variable';
  readonly name: string;
  readonly span: readonly [number, number];
}

/** `$$` is a dollar in provisioning files, and only they know `$NAME` without braces; what stands in `{{ … }}` is a template's. */
function referencesIn(text: string, provisioned: boolean): Reference[] {
  const plain = text.replace(/\{\{[\s\S]*?\}\}/g, (action) => ' '.repeat(action.length));
  const form = provisioned ? /\$\$|\$(__\w+)?\{([^}]+)\}|\$([A-Za-z_]\w*)/g : /\$(__\w+)?\{([^}]+)\}/g;
  return [...plain.matchAll(form)].flatMap((match): Reference[] => {
    const [, provider, braced, bare] = match;
    const name = (braced ?? bare ?? '').trim();
    const span = [match.index, match.index + match[0].length] as const;
    if (provider === '__file') return [{ kind: 'file', name, span }];
    const known = provider === undefined || provider === '__env';
    return known && /^[A-Za-z_]\w*$/.test(name) ? [{ kind: 'variable', name, span }] : [];
  });
}

function isMounted(service: Service, path: string): boolean {
  return service.mounts.some(({ target }) => `${path}/`.startsWith(`${target.replace(/\/+$/, '')}/`));
}
