import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LabAddress } from '../../model/lab.ts';
import { messageOf } from '../../model/message.ts';
import { engineClient } from '../engine.ts';
import { eventually } from '../eventually.ts';
import { isRemote, openTunnel } from '../remote.ts';
import { proxyPort } from '../render/outside.ts';
import { forgetConnections } from '../services/http.ts';
import { labLabel } from '../sweep.ts';

/** How long a command that restarts an engine may take, and then the engine until it answers, in milliseconds. */
const patience = 120_000;

/** The running containers that are not of a lab: while there is one, its engine is not ours to restart. */
export async function strangersBeside(lab: LabAddress): Promise<string[]> {
  const containers = await (await engineClient()).listContainers();
  return containers
    .filter(({ Labels: labels }) => labels[labLabel] !== lab.project)
    .map(({ Names: [name], Id: id }) => name?.replace(/^\//, '') ?? id)
    .sort();
}

/**
 * Restarts the engine with a command of whoever owns it, and waits until it answers again. That it was away is told by
 * its stream of events, which ends with it.
 * @throws Error where the command fails, or the engine was never away, or does not come back
 */
export async function restartEngine(command: string): Promise<void> {
  const docker = await engineClient();
  const events = await docker.getEvents();
  let away = false;
  events.on('close', () => {
    away = true;
  });
  events.on('error', () => undefined);
  events.resume();
  try {
    await promisify(execFile)('sh', ['-c', command], { timeout: patience });
  } catch (problem) {
    throw new Error(`the command that restarts the engine failed: ${messageOf(problem)}`);
  }
  await eventually(
    'the engine was away and answers again',
    async () => {
      await docker.ping();
      return away ? { done: true, value: true } : { done: false, seen: 'it was never away' };
    },
    { within: patience },
  );
}

/**
 * Makes a lab reachable again after its engine was restarted: nothing starts the helper by itself, and its proxy gets
 * another port. The address everybody has stays true for this process, which passes the old port on.
 */
export async function reachAgain(lab: LabAddress): Promise<void> {
  const docker = await engineClient();
  const helper = docker.getContainer(lab.helper.container);
  if (!(await helper.inspect()).State.Running) await helper.start();
  await forgetConnections(lab);
  if (isRemote()) return;
  const { NetworkSettings: settings } = await helper.inspect();
  const { port } = new URL(lab.proxy);
  if (settings.Ports[`${proxyPort}/tcp`]?.[0]?.HostPort !== port)
    await openTunnel(docker, lab.helper.container, proxyPort, Number(port));
}
