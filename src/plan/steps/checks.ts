import type { Expectation } from '../../model/plan.ts';
import type { TreeFile } from '../../model/tree.ts';
import { digestOf } from '../digest.ts';
import { type Draft, pathsAt } from '../draft.ts';
import { covers, folded, leadsOut, linkAbove, pathProblem, submodulePaths } from '../paths.ts';
import { textOf } from '../text.ts';
import type { StepProblem } from './step.ts';

/** What is wrong where a file is not what a step expects it to be. */
export function expectationProblem(draft: Draft, path: string, expect: Expectation | undefined): StepProblem[] {
  if (expect === undefined) return [];
  const file = draft.files.get(path);
  const fault = (message: string): StepProblem[] => [{ kind: 'fault', message }];
  if (file === undefined)
    return fault(
      pathsAt(draft, path).length > 0
        ? `"expect" is for a file, and "${path}" is a folder`
        : `there is no "${path}", of which something is expected`,
    );
  const digest = digestOf(file.bytes);
  if (expect.sha256 !== undefined && expect.sha256 !== digest)
    return fault(`"${path}" has the SHA-256 ${digest}, expected ${expect.sha256}`);
  if (expect.contains !== undefined && !Buffer.from(file.bytes).includes(expect.contains))
    return fault(`"${path}" does not contain ${JSON.stringify(expect.contains)}`);
  return [];
}

/** Why a step may not touch a path: what the path is, or that it leads through a symbolic link or into a submodule. */
export function touchProblem(draft: Draft, path: string): string | undefined {
  const bad = pathProblem(path);
  if (bad !== undefined) return bad;
  const link = linkAbove(draft.files, path);
  if (link !== undefined) return `"${path}" leads through the symbolic link "${link}"`;
  const submodule = submodulePaths(draft.files).find((one) => covers(one, path) || covers(path, one));
  if (submodule === undefined) return undefined;
  return `"${path}" ${covers(submodule, path) ? 'lies in' : 'holds'} the submodule "${submodule}", which is a repository of its own`;
}

/** What is wrong with a symbolic link where it would be put. */
export function linkProblem(file: TreeFile): StepProblem[] {
  if (file.mode !== '120000') return [];
  const target = Buffer.from(file.bytes).toString('utf8');
  if (!leadsOut(file.path, target)) return [];
  return [
    { kind: 'fault', message: `the symbolic link "${file.path}" would point out of the repository, to "${target}"` },
  ];
}

/** That nothing is at a path, and what differs from it in the case of letters only. */
export function missingText(draft: Draft, path: string): string {
  const near = nearPath(draft, path);
  return `there is no "${path}"${near === undefined ? '' : `, but a "${near}"`}`;
}

/** The file or folder that differs from a path in the case of letters only: a mistyped one, where nothing is at the path. */
export function nearPath(draft: Draft, path: string): string | undefined {
  const wanted = folded(path);
  const depth = path.split('/').length;
  const spellings = new Set<string>();
  for (const known of draft.files.keys()) {
    const one = known.split('/').slice(0, depth).join('/');
    if (folded(one) === wanted) spellings.add(one);
  }
  return spellings.has(path) ? undefined : [...spellings].sort()[0];
}

/** Where two files begin to differ, for a message: `, from line 3 on`. */
export function firstDifference(a: TreeFile, b: TreeFile): string {
  const [left, right] = [textOf(a)?.text.split('\n'), textOf(b)?.text.split('\n')];
  if (left === undefined || right === undefined) return '';
  const line = left.findIndex((text, index) => text !== right[index]);
  if (line === -1 && left.length === right.length) return ` (its mode is ${a.mode}, not ${b.mode})`;
  return ` (from line ${(line === -1 ? left.length : line) + 1} on)`;
}
