import type { Pointer } from '../model/location.ts';
import type { Plan, PlanFault, Step } from '../model/plan.ts';
import { pathProblem } from './paths.ts';

type MakeFault = (pointer: Pointer, message: string) => PlanFault;

// What `git check-ref-format --branch` refuses.
const badBranch = /[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|^@$|\/$|\.$|\.lock(\/|$)|(^|\/)\./;

/** What the schema cannot say of a plan: paths, the names of its files and its branch. `index` is the step's place. */
export function meaningFaults(
  head: Omit<Plan, 'steps'> | undefined,
  steps: readonly { readonly step: Step; readonly index: number }[],
  files: ReadonlySet<string>,
  fault: MakeFault,
): PlanFault[] {
  const ofSteps = steps.flatMap(({ step, index }) => stepFaults(step, ['steps', index], files, fault));
  if (head === undefined) return ofSteps;
  const branch = badBranch.test(head.branch) ? [fault(['branch'], `"${head.branch}" is no branch name for git`)] : [];
  return [...branch, ...problems(['stack'], head.stack, fault), ...ofSteps];
}

function stepFaults(step: Step, at: Pointer, files: ReadonlySet<string>, fault: MakeFault): PlanFault[] {
  switch (step.step) {
    case 'copy':
    case 'move': {
      const from = step.from.replace(/\/\*$/, '');
      const wild = /[*?]/.test(from) ? [fault([...at, 'from'], `"${step.from}": only a last "/*" may be wild`)] : [];
      return [...wild, ...problems([...at, 'from'], from, fault), ...problems([...at, 'to'], step.to, fault)];
    }
    case 'create':
      return [...problems([...at, 'path'], step.path, fault), ...missing([...at, 'file'], step.file, files, fault)];
    case 'rewrite-references': {
      const same = step.from === step.to ? [fault(at, '"from" and "to" are the same')] : [];
      return [...same, ...problems([...at, 'from'], step.from, fault), ...problems([...at, 'to'], step.to, fault)];
    }
    case 'edit-text': {
      const absent = step.edits.flatMap((edit, index) =>
        edit.withFile === undefined ? [] : missing([...at, 'edits', index, 'withFile'], edit.withFile, files, fault),
      );
      const lines = step.edits.flatMap((edit, index) =>
        /[\r\n]/.test(`${edit.from}${edit.until ?? ''}`)
          ? [fault([...at, 'edits', index], '"from" and "until" are one line each')]
          : [],
      );
      return [...problems([...at, 'path'], step.path, fault), ...absent, ...lines];
    }
    case 'edit-ini': {
      const long = step.edits.flatMap((edit, index) =>
        edit.pointer.length > 2 ? [fault([...at, 'edits', index, 'pointer'], 'a pointer here is [section, key]')] : [],
      );
      return [...problems([...at, 'path'], step.path, fault), ...long];
    }
    case 'edit-yaml':
    case 'edit-json':
      return problems([...at, 'path'], step.path, fault);
    case 'delete':
      return problems([...at, 'path'], step.path.replace(/\/\*$/, ''), fault);
    case 'waive':
      return [];
  }
}

function problems(at: Pointer, path: string, fault: MakeFault): PlanFault[] {
  const problem = pathProblem(path);
  return problem === undefined ? [] : [fault(at, problem)];
}

function missing(at: Pointer, file: string, files: ReadonlySet<string>, fault: MakeFault): PlanFault[] {
  return files.has(file) ? [] : [fault(at, `there is no "files/${file}" beside the plan`)];
}
