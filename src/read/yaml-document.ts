import { createRequire } from 'node:module';
import { plainSource } from './plain-source.ts';
import type { Source } from './source.ts';

const load = createRequire(import.meta.url);

/**
 * Parses YAML 1.2 with merge keys; of several documents the first counts (after a GitLab `spec:` header, the second).
 * Never throws: a parser's complaint, an alias bomb and absurd nesting are problems.
 * Positions follow https://eemeli.org/yaml/#documents.
 */
export function parseYaml(text: string): Source {
  return plainSource(text) ?? byLibrary(text);
}

/** Most trees need no more than plain YAML, and the library takes longer to load than they take to read. */
function byLibrary(text: string): Source {
  const { parseWholeYaml }: typeof import('./yaml-library.ts') = load('./yaml-library.ts');
  return parseWholeYaml(text);
}
