import type { PipelineJob } from '../../model/pipeline.ts';
import type { Stack } from '../../model/stack.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { stageOf } from './gate-jobs.ts';

const ships =
  /\bdocker(?:-|\s+)compose\b[^\n]*\s(?:up|pull|restart)\b|\bdocker\s+stack\s+deploy\b|\b(?:rsync|scp)\s|\bgit\s+(?:pull|reset|checkout)\b[^\n]*/;

/** Whether a job changes a machine: it says so with `environment`, or by its stage or its name, and it is no ending of one. */
export function isDeployment(job: PipelineJob): boolean {
  const action = textValue(job.value, 'environment', 'action') ?? 'start';
  if (action !== 'start') return false;
  const named = /deploy|release|prod|rollout|ship/i.test(`${stageOf(job)} ${job.name}`);
  return (
    valueAt(job.value, 'environment') !== undefined || (named && !/test|valid|check|lint|verif|backup/i.test(job.name))
  );
}

/** Whether a deployment ships a stack: it copies or starts something, and names the stack's folder or compose file. */
export function shipsStack(job: PipelineJob, stack: Stack): boolean {
  return isDeployment(job) && job.script.some(({ text }) => ships.test(text)) && namesStack(job, stack);
}

/** Whether a job's script names a stack's compose file or the folder it lies in. */
export function namesStack(job: PipelineJob, stack: Stack): boolean {
  const folder = folderOf(stack.composeFile);
  const wanted = folder === '' ? baseOf(stack.composeFile) : folder;
  return job.script.some(({ text }) => names(text, wanted));
}

/** A path in a text, not as part of a longer name. */
function names(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const after = text.charAt(at + path.length);
    const before = text.charAt(at - 1);
    if (!/[\w.-]/.test(before) && (after === '' || !/[\w-]/.test(after))) return true;
  }
  return false;
}
