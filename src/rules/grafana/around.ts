import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Pointer } from '../../model/location.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { folderOf, insideRepository } from '../../read/paths.ts';
import { isMapping, listAt, type Mapping, textValue, valueAt } from '../../read/values.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { imageVersion } from '../support/versions.ts';

/** The service a Grafana runs in. */
export function serviceOf(stack: Stack, grafana: GrafanaConfig): Service | undefined {
  return stack.services.find((service) => service.name === grafana.service);
}

/** Whether a service is Grafana 10 for certain: what a later one reads is not known here. */
export function isGrafana10(service: Service | undefined): boolean {
  return imageVersion(service)?.[0] === 10;
}

/** Whether an image of somebody else's making or another container's files may hold what the repository does not show. */
export function isOpaque(service: Service): boolean {
  return !isOfItsMakers(service) || 'volumes_from' in service.definition;
}

/** Whether every variable of the container stands in the repository: no `env_file` is missing from it. */
export function hasWholeEnvironment(tree: Tree, stack: Stack, service: Service): boolean {
  const written = service.definition['env_file'];
  const files = (Array.isArray(written) ? written : [written]).flatMap(
    (one: unknown) => textValue(one) ?? textValue(one, 'path') ?? [],
  );
  return files.every((file) => {
    const path = insideRepository(folderOf(stack.composeFile), file);
    return path !== undefined && textAt(tree, path) !== undefined;
  });
}

/** A part of a provisioning file with its place. */
export interface Entry {
  readonly value: Mapping;
  readonly at: { readonly file: string; readonly pointer: Pointer };
}

/** The mappings of a list in every provisioning file of a kind. */
export function entriesOf(grafana: GrafanaConfig, kind: string, list: string): Entry[] {
  return (grafana.provisioned ?? [])
    .filter((file) => file.kind === kind)
    .flatMap(({ file, value }) => itemsOf({ file, pointer: [] }, value, list));
}

/** The mappings of a list inside of an entry. */
export function itemsOf(at: Entry['at'], value: unknown, ...route: readonly string[]): Entry[] {
  return listAt(value, ...route).flatMap((item, index) =>
    isMapping(item) ? [{ value: item, at: { file: at.file, pointer: [...at.pointer, ...route, index] } }] : [],
  );
}

/** The place of a key of an entry, or of the entry where the key is not there. */
export function placeIn({ value, at }: Entry, ...route: readonly string[]): Entry['at'] {
  return valueAt(value, ...route) === undefined ? at : { file: at.file, pointer: [...at.pointer, ...route] };
}

/** The number of the organisation an entry is for. */
export function orgOf({ value }: Entry): string {
  const org = textValue(value, 'orgId') ?? '';
  return org === '' || org === '0' ? '1' : org;
}
