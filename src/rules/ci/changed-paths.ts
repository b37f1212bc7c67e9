import type { Place, Pointer } from '../../model/location.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { listAt, textValue, valueAt } from '../../read/values.ts';

/** A path of `changes`, with where it was written. */
export interface ChangedPath {
  readonly pattern: string;
  readonly at: Place;
}

/** Every path whose change starts a job, whatever else its rules ask. */
export function changedPaths(job: PipelineJob): ChangedPath[] {
  const rules = listAt(job.value, 'rules').flatMap((rule, index) => [
    ...pathsAt(job, valueAt(rule, 'changes'), ['rules', index, 'changes']),
    ...pathsAt(job, valueAt(rule, 'changes', 'paths'), ['rules', index, 'changes', 'paths']),
  ]);
  return [...rules, ...pathsAt(job, valueAt(job.value, 'only', 'changes'), ['only', 'changes'])];
}

/**
 * The paths without a change of which a job never runs; undefined where some rule lets it run without one
 * (https://docs.gitlab.com/ci/yaml/#ruleschanges).
 */
export function startsOnlyOn(job: PipelineJob): ChangedPath[] | undefined {
  const rules = listAt(job.value, 'rules').filter((rule) => textValue(rule, 'when') !== 'never');
  const bound = rules.length > 0 && rules.every((rule) => valueAt(rule, 'changes') !== undefined);
  return bound || valueAt(job.value, 'only', 'changes') !== undefined ? changedPaths(job) : undefined;
}

function pathsAt(job: PipelineJob, value: unknown, route: Pointer): ChangedPath[] {
  return (Array.isArray(value) ? value : []).flatMap((item: unknown, index) => {
    const pattern = textValue(item);
    return pattern === undefined ? [] : [{ pattern, at: job.placeOf(...route, index) }];
  });
}

/**
 * A glob as GitLab reads those of `changes`: Ruby's fnmatch with path names, dot files and braces. Two stars cross folders
 * only where a slash follows them.
 */
export function changesMatcher(pattern: string): (path: string) => boolean {
  let source = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (pattern.startsWith('**/', at) && /^$|[/{,]/.test(pattern.charAt(at - 1))) {
      source += '(?:.*/)?';
      at += 2;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '{') {
      source += '(?:';
      depth += 1;
    } else if (char === '}' && depth > 0) {
      source += ')';
      depth -= 1;
    } else if (char === ',' && depth > 0) source += '|';
    else source += char.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }
  const closed = `${source}${')'.repeat(depth)}`.replace(/(?:\[\^\/\]\*){2,}/g, '[^/]*');
  const matches = new RegExp(`^${closed}$`, 's');
  return (path) => matches.test(path);
}
