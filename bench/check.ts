import { join, resolve } from 'node:path';
import { promisedProgram } from '../peers/support/genuine.ts';
import { readDirectory } from '../src/read/directory.ts';
import { readRepository } from '../src/read/repository.ts';
import type { Figure } from './figure.ts';
import { type Command, inTurns, ratio, stackproof } from './measure.ts';

/**
 * `check` on a repository against promtool and amtool on its configurations and rule files: once with one call for each
 * file, as somebody would write it into a script, and once with all files of a kind in one call.
 */
export async function checkFigures(repository: string, rounds = 9): Promise<Figure[]> {
  const { stacks } = readRepository(readDirectory(repository));
  const full = (paths: Iterable<string>): string[] =>
    [...new Set(paths)].sort().map((path) => join(resolve(repository), path));
  const configs = full(stacks.flatMap((stack) => stack.prometheus.flatMap(({ file }) => file ?? [])));
  const rules = full(stacks.flatMap((stack) => stack.prometheus.flatMap((one) => one.ruleGroups.map((g) => g.file))));
  const routings = full(stacks.flatMap((stack) => stack.alertmanager.flatMap(({ file }) => file ?? [])));
  const promtool = await promisedProgram('promtool');
  const amtool = await promisedProgram('amtool');
  const kinds = [
    { call: [promtool, 'check', 'config'] as const, files: configs },
    { call: [promtool, 'check', 'rules'] as const, files: rules },
    { call: [amtool, 'check-config'] as const, files: routings },
  ].filter(({ files }) => files.length > 0);
  if (kinds.length === 0) throw new Error(`"${repository}" holds nothing that promtool or amtool reads`);
  const { ours, each, three } = inTurns(rounds, {
    ours: [stackproof('check', '--repo', repository)],
    each: kinds.flatMap(({ call, files }) => files.map((file): Command => [...call, file])),
    three: kinds.map(({ call, files }): Command => [...call, ...files]),
  });
  const files = configs.length + rules.length + routings.length;
  return [
    {
      what: `check, against promtool and amtool on its ${files} files one by one, wall`,
      peer: each.wallMs,
      bar: 1.5,
    },
    { what: 'check, against one call of each with all files, wall', peer: three.wallMs, bar: 1.5 },
  ]
    .map(({ what, peer, bar }): Figure => ({ what, ratio: ratio(ours.wallMs, peer), bar: bar.toFixed(1) }))
    .concat([
      { what: 'the same, one by one, user and system time', ratio: ratio(ours.cpuMs, each.cpuMs), bar: '–' },
      { what: 'the same, one call of each, user and system time', ratio: ratio(ours.cpuMs, three.cpuMs), bar: '–' },
    ]);
}
