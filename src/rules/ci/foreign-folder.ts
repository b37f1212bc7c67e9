import type { FindingDraft } from '../../model/finding.ts';
import { defineRule } from '../define-rule.ts';
import { commandsOf } from '../support/shell.ts';
import { isDeployment } from './deployments.ts';

const started = /\bcd\s+["']?(\/[\w./-]+)["']?\s*(?:&&|;|\n)[\s\S]*?\bcompose\b[^\n;&|]*\s(?:up|restart|pull)\b/;

/**
 * Compose starts what lies in the folder it is run in: one that nothing was copied to has the files of another day, or none
 * (https://docs.docker.com/reference/cli/docker/compose/#use--f-to-specify-the-name-and-path-of-one-or-more-compose-files).
 */
export const foreignFolder = defineRule({
  id: 'ci/foreign-folder',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'A deployment starts the stack in the folder that it has copied the stack to.',
  check: (job) => {
    if (!isDeployment(job) || job.script.some(({ text }) => /\bgit\s+(?:clone|pull|fetch|checkout)\b/.test(text)))
      return [];
    const sent = job.script.flatMap(({ text }) => targetsOf(text));
    if (sent.length === 0 || sent.some((path) => path === undefined)) return [];
    return job.script.flatMap(({ text, at }): FindingDraft[] => {
      const match = /\bssh\b/.test(text) ? started.exec(text) : null;
      const folder = match?.[1];
      if (match === null || folder === undefined || sent.some((path) => isNear(path ?? '', folder))) return [];
      const start = match.index + match[0].indexOf(folder);
      return [
        {
          at: { ...at, span: [start, start + folder.length] },
          message: `Job "${job.name}" starts the stack in "${folder}" and copies it to "${sent[0]}", so what starts is not what was copied`,
          hint: 'Name one folder in both places',
          facts: { job: job.name, folder, sent: sent.flatMap((path) => path ?? []) },
        },
      ];
    });
  },
});

/** Where copies of a script go on another machine; undefined for one that a variable or the home folder decides. */
function targetsOf(text: string): (string | undefined)[] {
  return commandsOf(text).flatMap(({ word, text: command }) => {
    if (word !== 'rsync' && word !== 'scp') return [];
    const last = (command.split(/\s+/).at(-1) ?? '').replace(/["']/g, '');
    const path = /^[^/]*?:(.*)$/.exec(last)?.[1];
    return path === undefined ? [] : [/^\/[\w./-]+$/.test(path) ? path : undefined];
  });
}

/** One is the other, or lies in it. */
function isNear(one: string, other: string): boolean {
  const [a, b] = [`${one.replace(/\/+$/, '')}/`, `${other.replace(/\/+$/, '')}/`];
  return a.startsWith(b) || b.startsWith(a);
}
