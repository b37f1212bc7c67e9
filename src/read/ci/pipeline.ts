import type { Place } from '../../model/location.ts';
import type { Missing, Pipeline, PipelineJob, ScriptLine } from '../../model/pipeline.ts';
import type { CiFile, Repository } from '../../model/repository.ts';
import { isMapping } from '../values.ts';
import { keywords } from './keywords.ts';
import { inherit, resolveReferences, withParents } from './templates.ts';
import { merged, placeAt, plainOf, type Written, written, writtenAt } from './written.ts';

/** GitLab's own stages (https://docs.gitlab.com/ci/yaml/#stages); `.pre` and `.post` are always there. */
const defaultStages = ['build', 'test', 'deploy'];

const known = new WeakMap<readonly CiFile[], readonly Pipeline[]>();

/** The pipelines of a repository: that of `.gitlab-ci.yml`, and one for each file that a job starts as a child. */
export function pipelinesOf({ ci }: Repository): readonly Pipeline[] {
  const before = known.get(ci);
  if (before !== undefined) return before;
  const roots = [...new Set([...ci.slice(0, 1).map(({ file }) => file), ...ci.flatMap(({ children }) => children)])];
  const made = roots.map((root) => pipelineFrom(ci, root));
  known.set(ci, made);
  return made;
}

interface Gathered {
  readonly whole: Written;
  readonly parts: readonly { readonly file: CiFile; readonly conditional: boolean }[];
}

function pipelineFrom(ci: readonly CiFile[], root: string): Pipeline {
  const { whole, parts } = gather(ci, root, false, new Set());
  const missing = new Map<string, Missing[]>();
  const names = [...(whole.map?.keys() ?? [])].filter((name) => !keywords.has(name));
  const resolved = new Map(
    names.flatMap((name) => {
      const node = whole.map?.get(name);
      if (node?.map === undefined) return [];
      const gone: Missing[] = [];
      missing.set(name, gone);
      return [[name, resolveReferences(node, whole, gone)] as const];
    }),
  );
  const jobs = [...resolved.keys()].map((name): PipelineJob => {
    const gone = missing.get(name) ?? [];
    const own = withParents(name, resolved, gone);
    const node = name.startsWith('.') ? own : inherit(own, whole);
    const places = parts.flatMap(({ file }): Place[] =>
      file.value !== undefined && name in file.value ? [{ file: file.file, pointer: [name], part: 'key' }] : [],
    );
    const value = plainOf(node);
    return {
      name,
      hidden: name.startsWith('.'),
      at: places.at(-1) ?? { file: root },
      value: isMapping(value) ? value : {},
      script: ['before_script', 'script', 'after_script'].flatMap((keyword) => linesOf(node, keyword)),
      placeOf: (...route) => placeAt(node, route),
      missing: gone,
      written: places,
      conditional: parts.every(
        ({ file, conditional }) => conditional || !(file.value !== undefined && name in file.value),
      ),
    };
  });
  const stages = writtenAt(whole, ['stages']);
  return {
    file: root,
    jobs,
    stages: ['.pre', ...(stages?.list?.flatMap(namesIn) ?? defaultStages), '.post'],
    ...(stages === undefined ? {} : { stagesAt: stages.at }),
    variables: [...(writtenAt(whole, ['variables'])?.map?.keys() ?? [])],
    open: parts.some(({ file }) => file.foreign || file.value === undefined),
  };
}

/** A file with what it includes below it: what stands in the file itself has the last word. */
function gather(ci: readonly CiFile[], path: string, conditional: boolean, seen: Set<string>): Gathered {
  const file = ci.find((one) => one.file === path);
  const empty: Written = { at: { file: path, pointer: [] }, map: new Map() };
  if (file === undefined || seen.has(path)) return { whole: empty, parts: [] };
  seen.add(path);
  const below = file.includes.map((one) => gather(ci, one.file, conditional || one.conditional, seen));
  const own = written(file.value ?? {}, path, []);
  const whole = [...below.map((one) => one.whole), own].reduce((sum, one) => merged(sum, one), empty);
  return { whole, parts: [...below.flatMap((one) => one.parts), { file, conditional }] };
}

/** The names of a list, those of lists in it included. */
function namesIn(node: Written): string[] {
  return node.list?.flatMap(namesIn) ?? [String(plainOf(node))];
}

function linesOf(job: Written, keyword: string): ScriptLine[] {
  const collect = (node: Written | undefined): ScriptLine[] => {
    if (node?.list !== undefined) return node.list.flatMap(collect);
    const text = typeof node?.scalar === 'number' ? String(node.scalar) : node?.scalar;
    return node === undefined || typeof text !== 'string' ? [] : [{ text, at: node.at, keyword }];
  };
  return collect(writtenAt(job, [keyword]));
}
