import { engineFolder, type Judgement, labNameOf, type World } from './world.ts';

const flags = /^(--rm|-i|--interactive|-t|--tty|-it|-ti|--read-only|--init|-q|--quiet)$/;
const takes = /^(-u|--user|--entrypoint|-w|--workdir|-e|--env|--tmpfs|--cap-drop|--security-opt)$/;
/** Said with the lab's own words instead. */
const replaced = /^(--network|--net|--name|--pull|--log-driver|-l|--label|-m|--memory|--cpus|--hostname|-h)$/;
const small = /^(?:docker\.io\/)?(?:library\/)?(alpine|busybox|debian|ubuntu|bash)(?::|@|$)/;

/** What a `docker run` of a script asks for. */
interface Asked {
  readonly options: string[];
  readonly volumes: string[];
  readonly makes: string[];
  writes: boolean;
}

/**
 * Judges a `docker run`: a container that reads or writes volumes of the stack and the folder of archives, with an image
 * that is at hand. It gets no network and none of the host.
 */
export function judgeRun(world: World, args: readonly string[]): Judgement {
  const asked: Asked = { options: [], volumes: [], makes: [], writes: false };
  let at = 0;
  while (at < args.length && args[at]?.startsWith('-')) {
    const [word = '', joined] = splitOption(args[at] ?? '');
    const value = joined ?? args[at + 1] ?? '';
    const isFlag = flags.test(word) || (joined === 'true' && /^--(rm|init|interactive|read-only)$/.test(word));
    const refused = isFlag ? undefined : option(world, asked, word, value);
    if (refused !== undefined) return { refused };
    if (isFlag) asked.options.push(word);
    at += isFlag || joined !== undefined ? 1 : 2;
  }
  const [image = '', ...command] = args.slice(at);
  const chosen = world.images[image] ?? (small.test(image) ? world.toolImage : undefined);
  if (chosen === undefined)
    return { refused: `image "${image}" is neither one of the stack's nor a small one to run tar in` };
  const labels = Object.entries(world.labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
  return {
    run: [
      'run',
      ...asked.options,
      ...asked.volumes,
      ...labels,
      '--network',
      'none',
      '--pull',
      'never',
      chosen,
      ...command,
    ],
    copies: true,
    ...(asked.writes ? { writes: true } : {}),
    ...(asked.makes.length > 0 ? { makes: asked.makes } : {}),
    ...(small.test(image) ? { note: `image "${image}" is played by "${chosen}"` } : {}),
  };
}

function option(world: World, asked: Asked, word: string, value: string): string | undefined {
  if (replaced.test(word)) return undefined;
  if (takes.test(word)) {
    asked.options.push(word, value);
    return undefined;
  }
  if (word === '-v' || word === '--volume') return volume(world, asked, value.split(':'));
  if (word === '--mount') return mount(world, asked, value);
  if (word === '--volumes-from') {
    const [name = '', ...mode] = value.split(':');
    const container = labNameOf(world.containers, name);
    if (container === undefined) return `"${name}" is no container of the stack`;
    asked.volumes.push('--volumes-from', [container, ...mode].join(':'));
    return undefined;
  }
  return `"docker run ${word}" is not opened to a script in the lab`;
}

function mount(world: World, asked: Asked, value: string): string | undefined {
  const parts = new Map(value.split(',').map((part): [string, string] => splitPair(part)));
  const source = parts.get('source') ?? parts.get('src') ?? '';
  const target = parts.get('target') ?? parts.get('destination') ?? parts.get('dst') ?? '';
  return volume(world, asked, [source, target, ...(parts.has('readonly') || parts.has('ro') ? ['ro'] : [])]);
}

function volume(
  world: World,
  asked: Asked,
  [source = '', target = '', ...mode]: readonly string[],
): string | undefined {
  if (target === '')
    return `a volume without a place in the container ("${source}") is not opened to a script in the lab`;
  const put = (name: string): undefined => {
    asked.volumes.push('--volume', [name, target, ...mode].join(':'));
  };
  if (source.startsWith('/')) {
    const folder = engineFolder(world, source);
    if (folder === undefined) return `"${source}" is a folder of the host, which a script in the lab does not see`;
    asked.writes ||= !mode.includes('ro');
    return put(folder);
  }
  const known = labNameOf(world.volumes, source);
  if (known !== undefined) return put(known);
  // As the engine does: a volume that nobody has is made, and is empty.
  const made = `${world.project.lab}_stray-${source.replace(/[^\w.-]/g, '-')}`;
  asked.makes.push(made);
  return put(made);
}

function splitOption(word: string): [string, string?] {
  if (!word.startsWith('--')) return /^-[vuwel]./.test(word) ? [word.slice(0, 2), word.slice(2)] : [word];
  const at = word.indexOf('=');
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function splitPair(part: string): [string, string] {
  const at = part.indexOf('=');
  return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}
