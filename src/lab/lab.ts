import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LabAddress, LabService, UsedImage } from '../model/lab.ts';
import type { Stack } from '../model/stack.ts';
import type { Tree } from '../model/tree.ts';
import type { Dockerode } from './dockerode.ts';
import { findEngine } from './engine.ts';
import { eventually } from './eventually.ts';
import { recordEvidence } from './evidence.ts';
import { resolveImages } from './images.ts';
import { type RenderedStack, renderStack } from './render.ts';
import { labLabel, ownerLabel, sweepAbandoned, sweepProject } from './sweep.ts';

/** What to boot, and what may be done for it. */
export interface LabRequest {
  readonly tree: Tree;
  readonly stack: Stack;
  readonly pull: boolean;
  readonly substitutes: 'allow' | 'refuse';
  /** Folder for logs, inspect output and the rendered configuration. */
  readonly evidence: string;
  readonly keep: boolean;
  readonly say: (line: string) => void;
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

/** The image the helper container runs. */
export const helperImage = 'node:24-alpine';
/** The helper's service name in the rendered compose file. */
export const helperService = 'stackproof-helper';

/**
 * Renders the stack, boots the copy under a project of its own on internal networks, and gives its address.
 * What cannot be booted is an answer, not a throw.
 */
export async function startLab(request: LabRequest): Promise<StartedLab | NoLab> {
  const engine = await findEngine();
  if ('missing' in engine) return { unavailable: engine.missing };
  const { docker } = engine;
  const swept = await sweepAbandoned(docker, hostname());
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
  const rendered = renderStack(request.tree, request.stack, {
    project,
    images: Object.fromEntries(used.map((image) => [image.service, image.image])),
    helperImage: used.find((image) => image.service === helperService)?.image ?? helperImage,
    ...(isLocal() ? { hostHas: existsSync } : {}),
    cpus: (await docker.info()).NCPU,
    labels: { [labLabel]: project, [ownerLabel]: request.keep ? 'kept' : `${hostname()}/${process.pid}` },
  });
  if (rendered.leftOutside.length > 0) {
    return { failed: `the copy would still dial real hosts and is not booted: ${rendered.leftOutside.join(', ')}` };
  }
  const folder = await writeRendered(rendered);
  await mkdir(request.evidence, { recursive: true });
  await writeFile(join(request.evidence, 'compose.rendered.json'), `${JSON.stringify(rendered.compose, null, 2)}\n`);
  await writeFile(join(request.evidence, 'differences.json'), `${JSON.stringify(rendered.differences, null, 2)}\n`);
  const recorder = await recordEvidence(docker, project, request.evidence);
  const stop = async (): Promise<void> => {
    await recorder.finish();
    if (request.keep) return;
    await sweepProject(docker, project);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await composeUp(project, folder, rendered.composeFile);
    const address = await addressOf(docker, { project, folder, rendered, images: used });
    return { address, stop };
  } catch (problem) {
    await stop();
    const words = problem instanceof Error ? problem.message : String(problem);
    return { failed: `the stack did not come up: ${words} (logs in ${request.evidence})` };
  }
}

/** Whether the engine's host is this one, so that what is here is what a bind mount finds. */
function isLocal(): boolean {
  const host = process.env['DOCKER_HOST'];
  return host === undefined || host === '' || host.startsWith('unix://');
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

/** Engine users in the containers are not ours: every file must be readable, every folder open. */
async function writeRendered(rendered: RenderedStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stackproof-lab-'));
  await chmod(folder, 0o755);
  for (const file of rendered.files.values()) {
    const target = join(folder, file.path);
    await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    if (file.mode === '120000') {
      await symlink(Buffer.from(file.bytes).toString(), target);
    } else {
      await writeFile(target, file.bytes);
      await chmod(target, file.mode === '100755' ? 0o755 : 0o644);
    }
  }
  return folder;
}

async function addressOf(
  docker: Dockerode,
  lab: { project: string; folder: string; rendered: RenderedStack; images: readonly UsedImage[] },
): Promise<LabAddress> {
  const services: Record<string, LabService> = {};
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${lab.project}`] });
  for (const container of await docker.listContainers({ all: true, filters })) {
    const name = container.Labels['com.docker.compose.service'];
    if (name !== undefined) services[name] = { name, container: container.Id, host: name };
  }
  const helper = services[helperService];
  if (helper === undefined) throw new Error('the helper container is not there');
  const port = await eventually('the helper publishes its proxy on 127.0.0.1', async () => {
    const state = await docker.getContainer(helper.container).inspect();
    const bound = state.NetworkSettings.Ports['8080/tcp']?.[0]?.HostPort;
    return bound ? { done: true, value: bound } : { done: false, seen: `state ${state.State.Status}, no port` };
  });
  delete services[helperService];
  return {
    project: lab.project,
    proxy: `http://127.0.0.1:${port}`,
    control: `http://${helperService}:8081`,
    helper: { name: helperService, container: helper.container, host: helperService },
    services,
    standIns: lab.rendered.standIns,
    differences: lab.rendered.differences,
    mounted: lab.rendered.mounted,
    missing: lab.rendered.missing,
    leftOut: lab.rendered.leftOut,
    images: lab.images,
    folder: lab.folder,
    composeFile: lab.rendered.composeFile,
  };
}
