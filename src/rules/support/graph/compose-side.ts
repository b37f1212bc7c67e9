import type { Expectation, NodeKind, Offer } from '../../../model/graph.ts';
import type { Service, Stack, TopLevel } from '../../../model/stack.ts';
import { kindAt, type Tree } from '../../../model/tree.ts';
import { isMapping, listAt, textValue, valueAt } from '../../../read/values.ts';
import { isIgnored } from '../ignored.ts';
import { placeIn } from '../places.ts';

type Part = readonly [offers: readonly Offer[], expectations: readonly Expectation[]];

/** What the compose file itself joins: services, networks, volumes, secrets, configs and files. */
export function composeSide(tree: Tree, stack: Stack): Part {
  const { services, networks, volumes, secrets, configs } = stack;
  const offers: Offer[] = [
    ...services.map(({ name, at }): Offer => ({ kind: 'service', name, at })),
    ...declared('network', networks),
    ...declared('volume', volumes),
    ...declared('secret', secrets),
    ...declared('config', configs),
    { kind: 'network', name: 'default', at: { file: stack.composeFile } },
  ];
  const files = filesOf(tree, stack);
  const own = services.flatMap((service) => expectedBy(stack, service));
  const used: Expectation = { kind: 'network', name: 'default', at: { file: stack.composeFile }, from: 'Compose' };
  return [
    [...offers, ...files.flatMap(([found]) => found)],
    [used, ...own, ...files.flatMap(([, wanted]) => wanted)],
  ];
}

/** What is `external` is made by somebody else: it is an edge to the outside, not an offer. */
function declared(kind: NodeKind, list: readonly TopLevel[]): Offer[] {
  return list.filter(({ external }) => !external).map(({ name, at }) => ({ kind, name, at }));
}

function expectedBy(stack: Stack, service: Service): Expectation[] {
  const from = `Service "${service.name}"`;
  const edge = (kind: NodeKind, name: string, at = service.at, list: readonly TopLevel[] = []): Expectation => {
    const external = list.find((one) => one.name === name)?.external === true;
    const outside = name.includes('$') ? 'a variable names it' : external ? 'it is external' : undefined;
    return { kind, name, at, from, ...(outside === undefined ? {} : { outside }) };
  };
  const named = (kind: 'secret' | 'config'): Expectation[] =>
    listAt(service.definition, `${kind}s`).flatMap((entry, index) => {
      const name = isMapping(entry) ? textValue(entry, 'source') : textValue(entry);
      return name === undefined ? [] : [edge(kind, name, placeIn(service, `${kind}s`, index), stack[`${kind}s`])];
    });
  return [
    ...service.dependsOn.map(({ service: name, at }) => edge('service', name, at)),
    ...service.networks.map(({ name }) => edge('network', name, placeIn(service, 'networks'), stack.networks)),
    ...service.mounts
      .filter(({ kind, source }) => kind === 'volume' && source !== '')
      .map(({ source, at }) => edge('volume', source, at, stack.volumes)),
    ...named('secret'),
    ...named('config'),
    ...builtWith(service).map((name) => edge('secret', name, placeIn(service, 'build'), stack.secrets)),
  ];
}

/** A secret may be needed while the image is built. */
function builtWith({ definition }: Service): string[] {
  const list = valueAt(definition, 'build', 'secrets');
  return Array.isArray(list) ? list.flatMap((entry) => textValue(entry, 'source') ?? textValue(entry) ?? []) : [];
}

function filesOf(tree: Tree, { services }: Stack): Part[] {
  return services.flatMap((service) =>
    service.mounts.flatMap((mount): Part[] => {
      const path = mount.repoPath;
      if (path === undefined || mount.kind === 'volume') return [];
      const there = kindAt(tree, path) !== 'absent';
      const why = mount.kind === 'secret' ? 'it holds a secret' : isIgnored(tree, path) ? 'git ignores it' : undefined;
      const edge: Expectation = { kind: 'file', name: path, at: mount.at, from: `Service "${service.name}"` };
      const offers: Offer[] = there ? [{ kind: 'file', name: path, at: { file: path } }] : [];
      return [[offers, [there || why === undefined ? edge : { ...edge, outside: why }]]];
    }),
  );
}
