import type { Located } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import type { Documents } from '../documents.ts';
import { splitWords } from '../shell-words.ts';
import type { Mapping } from '../values.ts';
import { flagAt, isMapping, optional } from '../values.ts';
import { environmentOf } from './environment.ts';
import { limitsOf, reservationsOf } from './limits.ts';
import type { ComposeModel } from './load.ts';
import { mountsOf } from './mounts.ts';
import type { Part } from './part.ts';
import { entriesOf, isList, itemsOf, keyOf, locatedText, partAt, plainOf, textOf } from './part.ts';
import { portsOf } from './ports.ts';
import { productOf } from './products.ts';

/** One service of a compose model. */
export function serviceOf(documents: Documents, model: ComposeModel, name: string, part: Part): Service {
  const image = locatedText(partAt(part, 'image'));
  const product = productOf(image?.value);
  const healthcheck = partAt(part, 'healthcheck');
  return {
    name,
    at: keyOf({ file: part.at.file, pointer: part.at.pointer ?? [] }),
    ...(product === undefined ? {} : { product }),
    ...optional('image', image),
    ...optional('containerName', locatedText(partAt(part, 'container_name'))),
    definition: definitionOf(part),
    mounts: mountsOf(model, part),
    command: [...wordsOf(partAt(part, 'entrypoint')).slice(1), ...wordsOf(partAt(part, 'command'))],
    environment: environmentOf(documents, model, part),
    ports: portsOf(part),
    networks: networksOf(part),
    dependsOn: dependenciesOf(part),
    limits: limitsOf(part),
    reservations: reservationsOf(part),
    ...optional('user', locatedText(partAt(part, 'user'))),
    ...optional('readOnly', locatedFlag(partAt(part, 'read_only'))),
    ...optional('privileged', locatedFlag(partAt(part, 'privileged'))),
    securityOptions: itemsOf(partAt(part, 'security_opt')).flatMap((item) => locatedText(item) ?? []),
    ...(healthcheck === undefined ? {} : { healthcheck: keyOf(healthcheck.at) }),
  };
}

function definitionOf(part: Part): Mapping {
  const plain = plainOf(part);
  return isMapping(plain) ? plain : {};
}

/** A list is taken as it is; a string is split, and each word knows its span in the string. */
function wordsOf(part: Part | undefined): Located<string>[] {
  if (part === undefined) return [];
  if (isList(part.value)) return part.value.flatMap((item) => locatedText(item) ?? []);
  return splitWords(textOf(part) ?? '').map((word) => ({ value: word.text, at: { ...part.at, span: word.span } }));
}

function networksOf(part: Part): Service['networks'] {
  const networks = partAt(part, 'networks');
  if (networks?.value instanceof Map) {
    return entriesOf(networks).map(([name, network]) => ({
      name,
      aliases: itemsOf(partAt(network, 'aliases')).flatMap((alias) => textOf(alias) ?? []),
    }));
  }
  const names = itemsOf(networks).flatMap((item) => textOf(item) ?? []);
  if (names.length === 0 && partAt(part, 'network_mode') === undefined) return [{ name: 'default', aliases: [] }];
  return names.map((name) => ({ name, aliases: [] }));
}

function dependenciesOf(part: Part): Service['dependsOn'] {
  const written = partAt(part, 'depends_on');
  if (written?.value instanceof Map) {
    return entriesOf(written).map(([service, entry]) => ({
      service,
      ...optional('condition', textOf(partAt(entry, 'condition'))),
      at: keyOf(entry.at),
    }));
  }
  return itemsOf(written).flatMap((item) => {
    const service = textOf(item);
    return service === undefined ? [] : [{ service, at: item.at }];
  });
}

function locatedFlag(part: Part | undefined): Located<boolean> | undefined {
  const value = flagAt(part?.value);
  return part === undefined || value === undefined ? undefined : { value, at: part.at };
}
