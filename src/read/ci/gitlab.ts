import type { Pointer } from '../../model/location.ts';
import type { CiFile, CiJob } from '../../model/repository.ts';
import type { Documents } from '../documents.ts';
import { openMapping } from '../open-mapping.ts';
import { globMatches, isGlob } from '../paths.ts';
import type { Mapping } from '../values.ts';
import { isMapping, listAt, textValue, valueAt } from '../values.ts';

const rootFile = '.gitlab-ci.yml';
const rules = { unparsable: 'ci/unparsable-yaml', duplicate: 'ci/duplicate-key' };

/** Keywords at the top of a file that are not jobs (https://docs.gitlab.com/ci/yaml/#global-keywords). */
const keywords = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'types',
  'variables',
  'workflow',
]);

/**
 * `.gitlab-ci.yml` and every file it includes from the repository, in the order they are met. Faults are reported as
 * `ci/unparsable-yaml`, `ci/duplicate-key` and `ci/unresolved-include`.
 */
export function readGitlabCi(documents: Documents): CiFile[] {
  const files: CiFile[] = [];
  const waiting = documents.tree.files.has(rootFile) ? [rootFile] : [];
  const met = new Set(waiting);
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const value = openMapping(documents, file, rules, 'yaml');
    files.push(value === undefined ? { file, jobs: [] } : { file, value, jobs: jobsOf(file, value) });
    for (const included of includesOf(documents, file, value)) {
      if (met.has(included)) continue;
      met.add(included);
      waiting.push(included);
    }
  }
  return files;
}

function includesOf(documents: Documents, file: string, value: Mapping | undefined): string[] {
  const children = Object.entries(value ?? {}).flatMap(([name, job]) =>
    localFiles(documents, file, valueAt(job, 'trigger', 'include'), [name, 'trigger', 'include']),
  );
  return [...localFiles(documents, file, valueAt(value, 'include'), ['include']), ...children];
}

/** Files of the repository that an `include` means; a child pipeline's `trigger:include` has the same form. */
function localFiles(documents: Documents, file: string, written: unknown, pointer: Pointer): string[] {
  const list: readonly unknown[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  return list.flatMap((entry, index) => {
    const path = typeof entry === 'string' ? entry : textValue(entry, 'local');
    if (path === undefined || /^https?:\/\//.test(path) || path.includes('$')) return [];
    const clean = path.replace(/^\/+/, '');
    const found = isGlob(clean)
      ? [...documents.tree.files.keys()].filter((known) => globMatches(clean, known)).sort()
      : [clean].filter((known) => documents.tree.files.has(known));
    const conditional = isMapping(entry) && 'rules' in entry;
    if (found.length === 0 && !conditional) {
      documents.report({
        rule: 'ci/unresolved-include',
        at: { file, pointer: Array.isArray(written) ? [...pointer, index] : pointer },
        message: `The included file "${path}" is not in the repository, so GitLab refuses the pipeline`,
      });
    }
    return found;
  });
}

function jobsOf(file: string, value: Mapping): CiJob[] {
  return Object.entries(value).flatMap(([name, job]) => {
    if (keywords.has(name) || !isMapping(job)) return [];
    const script = ['before_script', 'script', 'after_script'].flatMap((key) => linesOf(file, job, [name], key));
    return { name, at: { file, pointer: [name], part: 'key' as const }, value: job, script };
  });
}

function linesOf(file: string, job: Mapping, above: Pointer, key: string): CiJob['script'][number][] {
  const written = valueAt(job, key);
  const single = textValue(written);
  if (single !== undefined) return [{ text: single, at: { file, pointer: [...above, key] } }];
  const collect = (items: readonly unknown[], pointer: Pointer): CiJob['script'][number][] =>
    items.flatMap((item, index) => {
      const here: Pointer = [...pointer, index];
      const text = textValue(item);
      if (text !== undefined) return [{ text, at: { file, pointer: here } }];
      return collect(listAt(item), here);
    });
  return collect(listAt(written), [...above, key]);
}
