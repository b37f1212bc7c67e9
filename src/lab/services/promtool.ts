import type { LabAddress } from '../../model/lab.ts';
import type { Dockerode } from '../dockerode.ts';
import { engineClient } from '../engine.ts';
import { labLabels } from '../probe.ts';
import { tarOf } from '../tar.ts';

const folder = '/tests';
const megabyte = 2 ** 20;
/** Seconds after which promtool is taken to hang. */
const longest = 180;

/**
 * Runs `promtool test rules` of a Prometheus of the lab, out of its own image, in a container that goes when it is done:
 * without a network, rights or a place to write but memory. Gives what was printed, both outputs in the order they came.
 * @throws Error where the container does not start, or promtool does not end.
 */
export async function testRules(
  lab: LabAddress,
  service: string,
  files: ReadonlyMap<string, string>,
  tests: readonly string[],
): Promise<string> {
  const docker = await engineClient();
  const image = lab.images.find((one) => one.service === service)?.image;
  if (image === undefined) throw new Error(`the image of service "${service}" is not known`);
  const helper = await docker.getContainer(lab.helper.container).inspect();
  const labels = labLabels(helper.Config.Labels);
  const volume = { NoCopy: true, Labels: labels, DriverConfig: { Name: 'local', Options: {} } };
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ['/bin/promtool'],
    Cmd: ['test', 'rules', ...tests],
    WorkingDir: folder,
    Labels: labels,
    // One terminal for both outputs keeps their order.
    Tty: true,
    NetworkDisabled: true,
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: 200,
      Memory: 768 * megabyte,
      Tmpfs: { '/tmp': 'rw,noexec,nosuid,size=256m,mode=1777' },
      Mounts: [{ Type: 'volume', Source: '', Target: folder, VolumeOptions: volume }],
    },
  });
  try {
    await container.putArchive(tarOf(files), { path: folder });
    return await outputOf(container);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

async function outputOf(container: ReturnType<Dockerode['getContainer']>): Promise<string> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', resolve);
    stream.on('error', reject);
  });
  await container.start();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`promtool did not end within ${longest} s`)), longest * 1000);
  });
  try {
    await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
