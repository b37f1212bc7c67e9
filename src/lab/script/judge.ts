import { judgeCompose } from './judge-compose.ts';
import { judgeRun } from './judge-run.ts';
import { engineFolder, type Judgement, labNameOf, type World } from './world.ts';

/** Commands that name containers at their end, by their words. */
const onContainers = new Set(['stop', 'start', 'restart', 'pause', 'unpause', 'kill', 'wait', 'logs']);
/** Options whose value is a word of its own. */
const valued = new Set(['-t', '--time', '--timeout', '-s', '--signal', '-n', '--tail', '--since', '--until']);
const withValue = new Set(['-f', '--format', '--type', '--filter', '-n', '--last']);

/**
 * Judges a `docker` command of a script by what a backup needs: looking at, stopping and starting containers of the
 * stack, and reading and writing its volumes in a container without a network. The user's names become the lab's;
 * everything else is refused.
 * @param cwd the folder the script is in
 */
export function judge(world: World, words: readonly string[], cwd: string): Judgement {
  const [first = '', ...rest] = words;
  const [verb, args] =
    ['container', 'volume', 'image'].includes(first) && rest.length > 0
      ? [`${first} ${rest[0]}`, rest.slice(1)]
      : [first, rest];
  const plain = verb.replace(/^container /, '').replace(/^(ls|list)$/, 'ps');
  if (plain === 'compose') return judgeCompose(world, args, cwd);
  if (plain === 'run') return judgeRun(world, args);
  if (plain === 'version' || plain === '--version') return { run: words };
  if (plain === 'ps') return { run: ['ps', ...args.map(theirFilter(world)), ...onlyOurs(world)], informs: true };
  if (verb === 'volume ls' || verb === 'volume list')
    return {
      run: ['volume', 'ls', ...args, '--filter', `label=com.docker.compose.project=${world.project.lab}`],
      informs: true,
    };
  if (['inspect', 'volume inspect', 'image inspect'].includes(plain)) return inspect(world, verb.split(' '), args);
  if (onContainers.has(plain)) return named(world, [plain], args);
  if (plain === 'exec') return exec(world, args);
  if (plain === 'cp') return copy(world, args);
  return { refused: `"docker ${verb}" is nothing that a backup needs, and is not opened to a script in the lab` };
}

/** The engine takes one of several ids, and all other filters besides. */
function onlyOurs({ ids }: World): string[] {
  return (ids.length === 0 ? ['none'] : ids).flatMap((id) => ['--filter', `id=${id}`]);
}

/** A filter of `docker ps` in the lab's names. */
function theirFilter({ containers, project }: World): (word: string) => string {
  return (word) => {
    const [, option = '', anchor = '', name = ''] = /^(--filter=|-f=)?name=(\^?\/?)(.*?)\$?$/.exec(word) ?? [];
    const lab = containers.find((one) => one.theirs.includes(name))?.lab;
    if (lab !== undefined) return `${option}name=${anchor === '' ? '' : '^/?'}${lab}${word.endsWith('$') ? '$' : ''}`;
    return project.theirs.reduce(
      (now, theirs) => now.replace(new RegExp(`(compose\\.project)=${theirs}$`), `$1=${project.lab}`),
      word,
    );
  };
}

function inspect(world: World, verb: readonly string[], args: readonly string[]): Judgement {
  const things = [...world.containers, ...world.volumes];
  const mapped: string[] = [];
  for (const [index, word] of args.entries()) {
    const isName = !word.startsWith('-') && !withValue.has(args[index - 1] ?? '');
    const known = isName ? (labNameOf(things, word) ?? world.images[word] ?? ourId(world, word)) : word;
    if (known === undefined) return { refused: `No such object: ${word}` };
    mapped.push(known);
  }
  return { run: [...verb, ...mapped], informs: true };
}

function named(world: World, verb: readonly string[], args: readonly string[]): Judgement {
  const mapped: string[] = [];
  for (const [index, word] of args.entries()) {
    const isName = !word.startsWith('-') && !valued.has(args[index - 1] ?? '');
    const container = isName ? containerOf(world, word) : word;
    if (container === undefined) return strange(word);
    mapped.push(container);
  }
  return { run: [...verb, ...mapped] };
}

function exec(world: World, args: readonly string[]): Judgement {
  const takes = new Set(['-e', '--env', '-u', '--user', '-w', '--workdir', '--env-file', '--detach-keys']);
  const at = args.findIndex((word, index) => !word.startsWith('-') && !takes.has(args[index - 1] ?? ''));
  const container = containerOf(world, args[at] ?? '');
  if (at === -1 || container === undefined) return strange(args[at] ?? '');
  if (args.slice(0, at).some((word) => /^(-d|--detach|--privileged)$/.test(word)))
    return { refused: '"docker exec" with this option is not opened to a script in the lab' };
  return { run: ['exec', ...args.slice(0, at), container, ...args.slice(at + 1)], copies: true };
}

/** Between a container and a stream, or the folder of archives. */
function copy(world: World, args: readonly string[]): Judgement {
  const options = args.filter((word) => word.startsWith('-') && word !== '-');
  const mapped = args
    .filter((word) => word === '-' || !word.startsWith('-'))
    .map((word) => {
      const [name = '', ...path] = word.split(':');
      if (word === '-') return word;
      if (path.length > 0) {
        const container = containerOf(world, name);
        return container === undefined ? undefined : `${container}:${path.join(':')}`;
      }
      return engineFolder(world, word);
    });
  if (mapped.includes(undefined))
    return { refused: `"docker cp ${args.join(' ')}" leads out of the stack and the folder of its archives` };
  const words = mapped.filter((word) => word !== undefined);
  const writes = words.at(-1)?.startsWith('/') === true ? { writes: true as const } : {};
  return { run: ['cp', ...options, ...words], copies: true, ...writes };
}

/** A container of the stack by its name or by an id. */
function containerOf(world: World, word: string): string | undefined {
  return labNameOf(world.containers, word) ?? ourId(world, word);
}

function ourId({ ids }: World, word: string): string | undefined {
  return /^[0-9a-f]{4,64}$/.test(word) && ids.some((id) => id.startsWith(word)) ? word : undefined;
}

function strange(name: string): Judgement {
  return { refused: `"${name}" is no container of the stack` };
}
