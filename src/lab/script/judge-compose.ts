import { posix } from 'node:path';
import type { Judgement, World } from './world.ts';

const skipped = new Set(['--profile', '--env-file', '--ansi', '--progress', '--parallel', '--project-directory']);
const onServices = new Set([
  'ps',
  'stop',
  'start',
  'restart',
  'pause',
  'unpause',
  'kill',
  'logs',
  'rm',
  'up',
  'create',
]);

/**
 * Judges a `docker compose` of a script. It has to find the stack's compose file as the real one would: in the folder
 * the script is in or above it, or by `-f`
 * (https://docs.docker.com/compose/how-tos/environment-variables/envvars/#compose_file). Commands that mean all
 * services name those of the stack, so that nothing else of the lab is stopped.
 */
export function judgeCompose(world: World, words: readonly string[], cwd: string): Judgement {
  let at = 0;
  let file: string | undefined;
  while (at < words.length && words[at]?.startsWith('-')) {
    const [option = '', joined] = (words[at] ?? '').split('=');
    const value = joined ?? words[at + 1] ?? '';
    if (option === '-f' || option === '--file') file = value;
    else if (option === '-p' || option === '--project-name') {
      if (!world.project.theirs.includes(value)) return { refused: `"${value}" is not the stack's compose project` };
    } else if (!skipped.has(option))
      return { refused: `"docker compose ${option}" is not opened to a script in the lab` };
    at += joined === undefined ? 2 : 1;
  }
  if (!finds(world, file, cwd)) {
    return file === undefined
      ? { refused: 'no configuration file provided: not found', truly: true }
      : { refused: `open ${file}: it is not the stack's compose file` };
  }
  const [verb = '', ...args] = words.slice(at);
  const compose = ['compose', '--file', world.composeFile, '--project-name', world.project.lab];
  if (verb === 'exec') return { run: [...compose, verb, ...args], copies: true };
  if (verb === 'config' && args.every((word) => /^--(volumes|services|quiet|images|format=\w+)$|^-q$/.test(word)))
    return { run: [...compose, verb, ...args], informs: true };
  if (verb === 'down') {
    if (args.some((word) => /^(-v|--volumes|--rmi.*)$/.test(word)))
      return { refused: '"docker compose down" with --volumes removes what is to be backed up' };
    return { run: [...compose, 'rm', '--stop', '--force', ...world.services] };
  }
  if (!onServices.has(verb))
    return {
      refused: `"docker compose ${verb}" is nothing that a backup needs, and is not opened to a script in the lab`,
    };
  if (verb === 'rm' && args.some((word) => /^(-v|--volumes)$/.test(word)))
    return { refused: '"docker compose rm" with --volumes is not opened to a script in the lab' };
  const named = args.some((word) => world.services.includes(word));
  const never = verb === 'up' || verb === 'create' ? ['--pull', 'never', '--no-recreate'] : [];
  const informs = verb === 'ps' ? { informs: true as const } : {};
  return { run: [...compose, verb, ...never, ...args, ...(named ? [] : world.services)], ...informs };
}

function finds(world: World, file: string | undefined, cwd: string): boolean {
  if (file !== undefined) return posix.resolve(cwd, file) === world.seenComposeFile;
  const folder = posix.dirname(world.seenComposeFile);
  return cwd === folder || cwd.startsWith(`${folder}/`);
}
