import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LabAddress, LabService, UsedImage } from '../model/lab.ts';
import { messageOf } from '../model/message.ts';
import { ownerOf } from '../model/owner.ts';
import type { Stack } from '../model/stack.ts';
import type { Tree } from '../model/tree.ts';
import { writeEvidence, writeRendered } from './copy.ts';
import type { Dockerode } from './dockerode.ts';
import { abilitiesOf, findEngine } from './engine.ts';
import { eventually } from './eventually.ts';
import { type Recorder, recordEvidence } from './evidence.ts';
import { helperImage, helperService } from './helper.ts';
import { resolveImages } from './images.ts';
import { whenEnded } from './leaving.ts';
import { logWriterService, startLogWriter } from './log-writer.ts';
import { copyThere, isRemote, openTunnel, removeThere, type Tunnel } from './remote.ts';
import { proxyPort } from './render/outside.ts';
import { type RenderedStack, renderStack } from './render.ts';
import { scratchFolder } from './scratch.ts';
import { ask } from './services/http.ts';
import { watching } from './starting.ts';
import { labLabel, ownerLabel, runLabel, sweepAbandoned, sweepProject } from './sweep.ts';

/** What to boot, and what may be done for it. */
export interface LabRequest {
  readonly tree: Tree;
  readonly stack: Stack;
  readonly pull: boolean;
  readonly substitutes: 'allow' | 'refuse';
  /** Folder for logs, inspect output and the rendered configuration. */
  readonly evidence: string;
  readonly keep: boolean;
  /** The file that describes the run: what attaches to a lab that stays finds it by a label. */
  readonly run: string;
  readonly say: (line: string) => void;
  /** Shows what is going on now; unset where nobody looks. */
  readonly show?: (line: string | undefined) => void;
}

/** A lab that runs. */
export interface StartedLab {
  readonly address: LabAddress;
  stop(): Promise<void>;
}

/** Why there is no lab: `unavailable` could not be tried (nothing is known), `failed` was tried and did not come up. */
export type NoLab =
  | { readonly unavailable: string; readonly images?: readonly UsedImage[] }
  | { readonly failed: string };

/**
 * Renders the stack, boots the copy under a project of its own on internal networks, and gives its address.
 * What cannot be booted is an answer, not a throw.
 */
export async function startLab(request: LabRequest): Promise<StartedLab | NoLab> {
  const engine = await findEngine();
  if ('missing' in engine) return { unavailable: engine.missing };
  const { docker } = engine;
  const abilities = await abilitiesOf(docker);
  if ('obstacle' in abilities) return { unavailable: abilities.obstacle };
  const swept = await sweepAbandoned(docker);
  if (swept.length > 0) request.say(`removed what killed runs left: ${swept.join(', ')}`);

  const wanted = Object.fromEntries(
    request.stack.services.flatMap((service) =>
      service.image === undefined ? [] : [[service.name, service.image.value]],
    ),
  );
  const { used, missing } = await resolveImages(docker, { ...wanted, [helperService]: helperImage }, request);
  const needed = new Set([
    helperService,
    ...request.stack.services.filter((service) => service.product).map((service) => service.name),
  ]);
  const lacking = missing.filter((image) => needed.has(image.service) || image.substitute !== undefined);
  if (lacking.length > 0) {
    const reasons = lacking.map((image) =>
      image.substitute === undefined ? image.why : `${image.why}; its substitute "${image.substitute}" is refused`,
    );
    return { unavailable: reasons.join('\n'), images: used };
  }
  for (const image of used.filter((one) => one.how === 'substitute')) {
    request.say(
      `image "${image.pinned}" of service "${image.service}" is substituted by "${image.image}" (${image.note ?? ''})`,
    );
  }

  const project = `stackproof-${randomBytes(4).toString('hex')}`;
  const cpuset = process.env['STACKPROOF_CPUSET'] ?? '';
  const labels = { [labLabel]: project, [ownerLabel]: request.keep ? 'kept' : ownerOf(), [runLabel]: request.run };
  const image = helperImageOf(used);
  const writing = startLogWriter(docker, request.stack, { project, image, labels });
  const forget = whenEnded(async () => {
    await writing.catch(() => undefined);
    await sweepProject(docker, project);
  });
  const logWriter = await writing;
  const rendered = renderStack(request.tree, request.stack, {
    project,
    images: Object.fromEntries(used.map((image) => [image.service, image.image])),
    helperImage: image,
    ...(logWriter === undefined ? {} : { logWriter }),
    ...(isRemote() ? {} : { hostHas: existsSync }),
    cpus: abilities.cpus,
    startInterval: abilities.startInterval,
    ...(cpuset === '' ? {} : { cpuset }),
    labels,
  });
  if (rendered.leftOutside.length > 0) {
    await sweepProject(docker, project);
    forget();
    return { failed: `the copy would still dial real hosts and is not booted: ${rendered.leftOutside.join(', ')}` };
  }
  const booting = boot(docker, rendered, used, request, project);
  forget();
  return await booting;
}

function helperImageOf(used: readonly UsedImage[]): string {
  return used.find((image) => image.service === helperService)?.image ?? helperImage;
}

async function boot(
  docker: Dockerode,
  rendered: RenderedStack,
  images: readonly UsedImage[],
  request: LabRequest,
  project: string,
): Promise<StartedLab | NoLab> {
  const folder = scratchFolder(request.keep ? 'kept' : 'lab');
  const remote = isRemote();
  const there = { docker, image: helperImageOf(images), labels: rendered.labels };
  let tunnel: Tunnel | undefined;
  let recorder: Recorder | undefined;
  let coming: Promise<unknown> = Promise.resolve();
  const remove = async (): Promise<void> => {
    await recorder?.finish();
    tunnel?.close();
    if (remote) await removeThere(there, folder).catch(() => undefined);
    await sweepProject(docker, project);
    // What a killed run was still starting when this one began is there by now.
    await sweepAbandoned(docker);
    await rm(folder, { recursive: true, force: true });
    forget();
  };
  // What is still being started when the process is told to end has to have come up before it can be removed whole.
  const forget = whenEnded(async () => {
    await sweepProject(docker, project).catch(() => undefined);
    await coming.catch(() => undefined);
    await remove();
  });
  try {
    await writeRendered(rendered, folder);
    if (remote) await copyThere(there, folder);
    await writeEvidence(rendered, request.evidence);
  } catch (problem) {
    await remove();
    return {
      unavailable: `the copy cannot be written: ${problem instanceof Error ? problem.message : problem}`,
      images,
    };
  }
  try {
    recorder = await recordEvidence(docker, project, request.evidence);
    coming = composeUp(project, folder, rendered.composeFile);
    await watching(docker, project, request.show, coming);
    const published = await addressOf(docker, { project, folder, rendered, images });
    if (remote) tunnel = await openTunnel(docker, published.helper.container, proxyPort);
    const address = tunnel === undefined ? published : { ...published, proxy: tunnel.url };
    await helperAnswers(address);
    if (!request.keep) return { address, stop: remove };
    forget();
    const leave = async (): Promise<void> => {
      tunnel?.close();
      await recorder?.finish();
    };
    return { address, stop: leave };
  } catch (problem) {
    await remove();
    const words = messageOf(problem);
    const unseen = /bind source path does not exist: (\S+)/.exec(words)?.[1];
    if (unseen?.startsWith(folder) && rendered.files.size > 0) {
      return {
        unavailable: `the engine does not see the files of the copy below ${dirname(folder)}: it runs on another machine or outside this container`,
        images,
      };
    }
    if (problem instanceof HelperUnreachable) return { unavailable: words, images };
    return { failed: `the stack did not come up: ${words} (logs in ${request.evidence})` };
  }
}

/** The stack may be sound, but nothing can be asked of it. */
class HelperUnreachable extends Error {}

async function helperAnswers(address: LabAddress): Promise<void> {
  try {
    await eventually('the helper container answers', async () => {
      const { status } = await ask(address, `${address.control}/messages`);
      return status === 200 ? { done: true, value: true } : { done: false, seen: `status ${status}` };
    });
  } catch (problem) {
    const words = messageOf(problem);
    throw new HelperUnreachable(`nothing can be asked of the lab through ${address.proxy}: ${words}`);
  }
}

async function composeUp(project: string, folder: string, composeFile: string): Promise<void> {
  const { DockerComposeEnvironment } = await import('testcontainers');
  const ready = {
    waitUntilReady: async () => undefined,
    withStartupTimeout: () => ready,
    isStartupTimeoutSet: () => true,
    getStartupTimeout: () => 0,
  };
  await new DockerComposeEnvironment(folder, composeFile)
    .withProjectName(project)
    .withAutoCleanup(false)
    .withDefaultWaitStrategy(ready)
    .withPullPolicy({ shouldPull: () => false })
    .up();
}

function nameOf({ Names: [name], Id: id }: { readonly Names: readonly string[]; readonly Id: string }): string {
  return name?.replace(/^\//, '') ?? id;
}

async function addressOf(
  docker: Dockerode,
  lab: { project: string; folder: string; rendered: RenderedStack; images: readonly UsedImage[] },
): Promise<LabAddress> {
  const services: Record<string, LabService> = {};
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${lab.project}`] });
  for (const container of await docker.listContainers({ all: true, filters })) {
    const name = container.Labels['com.docker.compose.service'];
    // By its name, which a container that is made anew has again.
    if (name !== undefined) services[name] = { name, container: nameOf(container), host: name };
  }
  const helper = services[helperService];
  if (helper === undefined) throw new Error('the helper container is not there');
  const port = await eventually('the helper publishes its proxy on 127.0.0.1', async () => {
    const state = await docker.getContainer(helper.container).inspect();
    const bound = state.NetworkSettings.Ports['8080/tcp']?.[0]?.HostPort;
    return bound ? { done: true, value: bound } : { done: false, seen: `state ${state.State.Status}, no port` };
  });
  delete services[helperService];
  delete services[logWriterService];
  return {
    project: lab.project,
    proxy: `http://127.0.0.1:${port}`,
    control: `http://${helperService}:8081`,
    helper: { name: helperService, container: helper.container, host: helperService },
    services,
    unseen: lab.rendered.unseen,
    standIns: lab.rendered.standIns,
    differences: lab.rendered.differences,
    mounted: lab.rendered.mounted,
    logFolders: lab.rendered.logFolders,
    missing: lab.rendered.missing,
    leftOut: lab.rendered.leftOut,
    images: lab.images,
    folder: lab.folder,
    composeFile: lab.rendered.composeFile,
  };
}
