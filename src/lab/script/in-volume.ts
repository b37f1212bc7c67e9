import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LabAddress } from '../../model/lab.ts';
import { labLabel } from '../sweep.ts';

const program = promisify(execFile);

/** Runs a shell command in a container of the lab's tools that has one of the lab's volumes at `/data`. @returns its output */
export async function inVolume(lab: LabAddress, volume: string, command: string, folder?: string): Promise<string> {
  const mounts = ['--volume', `${volume}:/data`, ...(folder === undefined ? [] : ['--volume', `${folder}:/archives`])];
  const image = lab.images.find((one) => one.service === lab.helper.name)?.image ?? '';
  const labels = ['--label', `${labLabel}=${lab.project}`];
  const words = ['run', '--rm', '--network', 'none', '--pull', 'never', '--user', '0:0', '--entrypoint', 'sh'];
  const { stdout } = await program('docker', [...words, ...labels, ...mounts, image, '-euc', command], {
    maxBuffer: 2 ** 26,
  });
  return stdout;
}
