import type { Pointer } from '../../model/location.ts';
import type { CiFile, CiJob } from '../../model/repository.ts';
import type { Documents } from '../documents.ts';
import { openMapping } from '../open-mapping.ts';
import { globMatches, isGlob } from '../paths.ts';
import type { Mapping } from '../values.ts';
import { isMapping, listAt, textValue, valueAt } from '../values.ts';
import { keywords } from './keywords.ts';

const rootFile = '.gitlab-ci.yml';
const rules = { unparsable: 'ci/unparsable-yaml', duplicate: 'ci/duplicate-key' };

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
    const written = includesOf(documents, file, valueAt(value, 'include'), ['include']);
    const children = Object.entries(value ?? {}).flatMap(([name, job]) =>
      includesOf(documents, file, valueAt(job, 'trigger', 'include'), [name, 'trigger', 'include']),
    );
    const read: CiFile = {
      file,
      jobs: value === undefined ? [] : jobsOf(file, value),
      includes: written.flatMap(({ files: found, conditional }) => found.map((one) => ({ file: one, conditional }))),
      foreign: written.some(({ foreign }) => foreign),
      children: children.flatMap(({ files: found }) => found),
    };
    files.push(value === undefined ? read : { ...read, value });
    for (const included of [...read.includes.map((one) => one.file), ...read.children]) {
      if (met.has(included)) continue;
      met.add(included);
      waiting.push(included);
    }
  }
  return files;
}

interface Included {
  readonly files: readonly string[];
  readonly conditional: boolean;
  readonly foreign: boolean;
}

/** What each entry of an `include` means; a child pipeline's `trigger:include` has the same form. */
function includesOf(documents: Documents, file: string, written: unknown, pointer: Pointer): Included[] {
  const list: readonly unknown[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  return list.map((entry, index) => {
    const path = typeof entry === 'string' ? entry : textValue(entry, 'local');
    const conditional = isMapping(entry) && 'rules' in entry;
    if (path === undefined || /^https?:\/\//.test(path) || path.includes('$'))
      return { files: [], conditional, foreign: true };
    const clean = path.replace(/^\/+/, '');
    const found = isGlob(clean)
      ? [...documents.tree.files.keys()].filter((known) => globMatches(clean, known)).sort()
      : [clean].filter((known) => documents.tree.files.has(known));
    if (found.length === 0 && !conditional) {
      documents.report({
        rule: 'ci/unresolved-include',
        at: { file, pointer: Array.isArray(written) ? [...pointer, index] : pointer },
        message: `The included file "${path}" is not in the repository, so GitLab refuses the pipeline`,
      });
    }
    return { files: found, conditional, foreign: false };
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
