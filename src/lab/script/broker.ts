import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { messageOf } from '../../model/message.ts';
import { judge } from './judge.ts';
import { inTheirNames, type Judgement, type World } from './world.ts';

/** What a script asked of the engine, as far as it matters afterwards. */
export interface Asked {
  readonly commands: string[];
  readonly refusals: string[];
  readonly notes: string[];
  /** Volumes that were made because nobody had one of that name. */
  readonly made: string[];
  /** A container of the script wrote to the folder of archives itself. */
  writes: boolean;
}

/** @param writes whether the content goes straight to the folder of archives, and not through the script */
export type OnCopy = (writes: boolean) => Promise<void>;

/** A broker that listens. */
export interface Broker {
  readonly asked: Asked;
  close(): Promise<void>;
}

/**
 * Listens for the `docker` commands of a script, judges each and runs what may be run.
 * @param onCopy is awaited when the first half of the first piece of a volume's content has been handed on, or when a
 * container begins to write to the folder of archives itself
 */
export async function startBroker(path: string, world: World, onCopy?: OnCopy): Promise<Broker> {
  const asked: Asked = { commands: [], refusals: [], notes: [], made: [], writes: false };
  const children = new Set<ChildProcess>();
  const sockets = new Set<Socket>();
  const known = knownIds(world);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, { world, asked, children, onCopy, known }).catch((problem: unknown) => {
      frame(socket, 2, Buffer.from(`${messageOf(problem)}\n`));
      frame(socket, 3, Buffer.from([125]));
      socket.end();
    });
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    asked,
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Service {
  readonly world: World;
  readonly asked: Asked;
  readonly children: Set<ChildProcess>;
  readonly onCopy: OnCopy | undefined;
  readonly known: KnownIds;
}

async function serve(socket: Socket, { world, asked, children, onCopy, known }: Service): Promise<void> {
  const { words, cwd, rest } = await readHeader(socket);
  asked.commands.push(words.join(' '));
  const judgement = judge({ ...world, ids: await known.ids(words) }, words, cwd);
  if ('refused' in judgement) {
    if (judgement.truly !== true) asked.refusals.push(judgement.refused);
    frame(socket, 2, Buffer.from(`${judgement.refused}\n`));
    frame(socket, 3, Buffer.from([1]));
    socket.end();
    return;
  }
  if (judgement.note !== undefined) asked.notes.push(judgement.note);
  if (judgement.writes === true) asked.writes = true;
  asked.made.push(...(judgement.makes ?? []));
  await makeVolumes(world, judgement);
  const child = spawn('docker', judgement.run, { stdio: ['pipe', 'pipe', 'pipe'] });
  children.add(child);
  socket.on('close', () => child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  child.stdin.write(rest);
  socket.pipe(child.stdin);
  const told = (async () => {
    for await (const chunk of child.stderr) await frame(socket, 2, theirs(world, Buffer.from(chunk)));
  })();
  await handOn(child, socket, judgement, world, onCopy);
  await told;
  const code = child.exitCode ?? (await once(child, 'close'))[0];
  children.delete(child);
  await frame(socket, 3, Buffer.from([typeof code === 'number' ? code : 1]));
  socket.end();
}

async function handOn(
  child: ChildProcess,
  socket: Socket,
  { informs, copies, writes }: Extract<Judgement, { run: unknown }>,
  world: World,
  onCopy?: OnCopy,
): Promise<void> {
  if (writes === true) await onCopy?.(true);
  let first = copies === true && writes !== true && onCopy !== undefined;
  const gathered: Buffer[] = [];
  for await (const piece of child.stdout ?? []) {
    const chunk = Buffer.from(piece);
    if (informs === true) gathered.push(chunk);
    else if (first) {
      first = false;
      await frame(socket, 1, chunk.subarray(0, Math.ceil(chunk.length / 2)));
      await onCopy?.(false);
      await frame(socket, 1, chunk.subarray(Math.ceil(chunk.length / 2)));
    } else await frame(socket, 1, chunk);
  }
  if (informs === true) await frame(socket, 1, theirs(world, Buffer.concat(gathered)));
}

async function readHeader(socket: Socket): Promise<{ words: string[]; cwd: string; rest: Buffer }> {
  let all = Buffer.alloc(0);
  for (;;) {
    const end = all.indexOf('\n');
    if (end !== -1) {
      const { words, cwd }: { words: string[]; cwd: string } = JSON.parse(all.toString('utf8', 0, end));
      return { words, cwd, rest: all.subarray(end + 1) };
    }
    const chunk: Buffer | null = socket.read();
    if (chunk !== null) all = Buffer.concat([all, chunk]);
    else if (socket.readableEnded) throw new Error('the script hung up before it said what it wants');
    else await Promise.race([once(socket, 'readable'), once(socket, 'end')]);
  }
}

async function frame(socket: Socket, kind: number, content: Buffer): Promise<void> {
  if (socket.destroyed) return;
  const head = Buffer.alloc(5);
  head[0] = kind;
  head.writeUInt32BE(content.length, 1);
  if (!socket.write(Buffer.concat([head, content]))) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}

function theirs(world: World, chunk: Buffer): Buffer {
  return Buffer.from(inTheirNames(world, chunk.toString('utf8')));
}

const program = promisify(execFile);

/** The ids of the stack's containers, asked of the engine when a command may need them and they may have changed. */
interface KnownIds {
  ids(words: readonly string[]): Promise<readonly string[]>;
}

function knownIds(world: World): KnownIds {
  let now: readonly string[] = [];
  return {
    ids: async (words) => {
      const given = words.filter((word) => /^[0-9a-f]{4,64}$/.test(word));
      const fresh = given.every((word) => now.some((id) => id.startsWith(word)));
      if (words[0] === 'ps' || words[0] === 'container' || !fresh) now = await idsOf(world);
      return now;
    },
  };
}

async function idsOf({ project, services }: World): Promise<string[]> {
  const format = '{{.ID}} {{.Label "com.docker.compose.service"}}';
  const filter = `label=com.docker.compose.project=${project.lab}`;
  const { stdout } = await program('docker', ['ps', '--all', '--no-trunc', '--format', format, '--filter', filter]);
  return stdout.split('\n').flatMap((line) => {
    const [id = '', service = ''] = line.split(' ');
    return services.includes(service) ? [id] : [];
  });
}

async function makeVolumes({ labels }: World, judgement: Extract<Judgement, { run: unknown }>): Promise<void> {
  const labelled = Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
  for (const name of judgement.makes ?? []) await program('docker', ['volume', 'create', ...labelled, name]);
}
