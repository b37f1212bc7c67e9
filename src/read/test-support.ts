import type { Place } from '../model/location.ts';
import type { Repository } from '../model/repository.ts';
import type { Service, Stack } from '../model/stack.ts';
import type { FileMode } from '../model/tree.ts';
import { textAt, treeOf } from '../model/tree.ts';
import { readRepository } from './repository.ts';

/** For tests: files by path. */
export type Texts = Readonly<Record<string, string | { text: string; mode: FileMode }>>;

/** For tests: the one stack of a small tree, and its repository. Throws where there is not exactly one. */
export function oneStack(texts: Texts): { stack: Stack; repository: Repository } {
  const repository = readRepository(treeOf(texts));
  const [stack, ...others] = repository.stacks;
  if (stack === undefined || others.length > 0) throw new Error(`${repository.stacks.length} stacks, not one`);
  return { stack, repository };
}

/** For tests: a service of a compose file whose text is the service's mapping, two spaces in. */
export function oneService(definition: string, texts: Texts = {}): Service {
  const compose = `services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n  it:\n${definition.replace(/^(?=.)/gm, '    ')}\n`;
  const service = oneStack({ 'ops/docker-compose.yml': compose, ...texts }).stack.services.find(
    ({ name }) => name === 'it',
  );
  if (service === undefined) throw new Error('the service is not there');
  return service;
}

/** For tests: the text that stands at a place. */
export function written(repository: Repository, place: Place): string {
  const lines = (textAt(repository.tree, place.file) ?? '').split('\n');
  const { line, column, endLine, endColumn } = repository.locate(place);
  const taken = lines.slice(line - 1, endLine);
  const last = taken.length - 1;
  return taken
    .map((text, index) => text.slice(index === 0 ? column - 1 : 0, index === last ? endColumn - 1 : undefined))
    .join('\n');
}

/** For tests: faults as `rule file:line`. */
export function faultLines(repository: Repository): string[] {
  return repository.faults.map(({ rule, at }) => `${rule} ${at.file}:${repository.locate(at).line}`);
}
