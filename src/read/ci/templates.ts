import type { Missing } from '../../model/pipeline.ts';
import { global, inheritable } from './keywords.ts';
import { merged, plainOf, type Written, writtenAt } from './written.ts';

/** GitLab follows references to references ten times (https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags). */
const deepest = 10;

/** The value with every `!reference` replaced by what it means; a list in a list that came of one is flattened. */
export function resolveReferences(node: Written, root: Written, missing: Missing[], depth = 0): Written {
  if (node.reference !== undefined) {
    const target = depth < deepest ? writtenAt(root, node.reference) : undefined;
    if (target !== undefined) return resolveReferences(target, root, missing, depth + 1);
    missing.push({ name: node.reference.join(' '), kind: 'reference', at: node.at });
    return { at: node.at };
  }
  if (node.map !== undefined) {
    const map = new Map(
      [...node.map].map(([key, held]) => [key, resolveReferences(held, root, missing, depth)] as const),
    );
    return { at: node.at, map };
  }
  if (node.list === undefined) return node;
  const list = node.list.flatMap((item) => {
    const found = resolveReferences(item, root, missing, depth);
    return item.reference !== undefined && found.list !== undefined ? found.list : [found];
  });
  return { at: node.at, list };
}

/**
 * A job merged onto the templates that it extends, the last of them strongest
 * (https://docs.gitlab.com/ci/yaml/#extends). What is not there is told, and so is a way back to itself.
 */
export function withParents(
  name: string,
  jobs: ReadonlyMap<string, Written>,
  missing: Missing[],
  above: readonly string[] = [],
): Written {
  const own = jobs.get(name) ?? { at: { file: '' }, map: new Map() };
  const written = writtenAt(own, ['extends']);
  const parents = written?.list ?? (written === undefined ? [] : [written]);
  let base: Written | undefined;
  for (const parent of parents) {
    const wanted = String(plainOf(parent));
    if (wanted === name || above.includes(wanted)) missing.push({ name: wanted, kind: 'cycle', at: parent.at });
    else if (!jobs.has(wanted)) missing.push({ name: wanted, kind: 'extends', at: parent.at });
    else base = merged(base, withParents(wanted, jobs, missing, [...above, name]));
  }
  return merged(base, own);
}

/** A job with what it takes from `default`, from the top of the file, and from the global variables. */
export function inherit(job: Written, whole: Written): Written {
  const map = new Map(job.map);
  for (const key of inheritable) {
    const value = writtenAt(whole, ['default', key]) ?? (global.has(key) ? writtenAt(whole, [key]) : undefined);
    if (value !== undefined && !map.has(key) && mayInherit(job, 'default', key)) map.set(key, value);
  }
  const variables = writtenAt(whole, ['variables']);
  if (variables?.map !== undefined) {
    const kept = new Map([...variables.map].filter(([key]) => mayInherit(job, 'variables', key)));
    const own = map.get('variables');
    const all = { at: variables.at, map: kept };
    if (kept.size > 0) map.set('variables', own === undefined ? all : merged(all, own));
  }
  return { at: job.at, map };
}

function mayInherit(job: Written, kind: 'default' | 'variables', key: string): boolean {
  const written = writtenAt(job, ['inherit', kind]);
  if (written?.list !== undefined) return written.list.some((one) => plainOf(one) === key);
  return written?.scalar !== false;
}
