import type { LabAddress } from '../../model/lab.ts';
import { errorLines } from '../logs/error-lines.ts';
import { plainLog } from '../plain-log.ts';
import { runProbe } from '../probe.ts';
import type { Twin } from './twin.ts';

/** What a service did while its volumes were full, and after. */
export interface FullDisk {
  /** Whether it had come up at all before. */
  readonly started: boolean;
  /** Bytes that were left to it in its volumes in the end. */
  readonly left: number;
  /** Answers while they were full, of as many questions. */
  readonly answers: number;
  readonly questions: number;
  /** Whether it answered when there was space again; started once more where its process had ended. */
  readonly after: boolean;
  /** Whether its process lived on through it all, and how many errors it logged in the end. */
  readonly running: boolean;
  readonly errors: number;
}

/** Questions while the volumes are full: longer in all than two scrapes of the lab are apart. */
const questions = 12;

/** What both programs for the helper image's Node share. */
const ask = `
const [url, patience, questions] = process.argv.slice(1);
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const answers = () =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).then(({ status }) => status < 500, () => false);
const comes = async (within = patience) => {
  const end = Date.now() + within * 1000;
  while (!(await answers())) {
    if (Date.now() > end) return false;
    await later(200);
  }
  return true;
};`;

/** Says line by line what it saw. */
const fillAndAsk = `${ask}
const { closeSync, openSync, readdirSync, rmSync, statfsSync, writeSync } = require('node:fs');
const volumes = readdirSync('/volumes').map((name) => '/volumes/' + name);
const fill = (volume) => {
  for (const size of [65536, 512]) {
    const file = openSync(volume + '/.filled-' + size, 'w');
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch (problem) {
      if (problem.code !== 'ENOSPC') throw problem;
    }
    closeSync(file);
  }
};
(async () => {
  if (!(await comes())) return;
  console.log('started 1');
  volumes.forEach(fill);
  let answered = 0;
  for (let asked = 0; asked < questions; asked += 1) {
    if (await answers()) answered += 1;
    await later(400);
  }
  console.log('answers ' + answered);
  console.log('left ' + volumes.reduce((sum, volume) => sum + statfsSync(volume).bavail * statfsSync(volume).bsize, 0));
  for (const volume of volumes) for (const size of [65536, 512]) rmSync(volume + '/.filled-' + size);
  // One that fell silent has most likely ended, and is started again by whoever asked.
  if (await comes(answered === Number(questions) ? patience : 15)) console.log('after 1');
})();`;

const askAgain = `${ask}
comes().then((came) => came && console.log('after 1'));`;

/**
 * Fills all volumes of a twin, asks it meanwhile, frees them, and asks it again.
 * @param path where it says that it is ready: port and path
 */
export async function fillDisk(lab: LabAddress, { container, volumes }: Twin, path: string): Promise<FullDisk> {
  const url = `http://127.0.0.1:${path}`;
  const { exitCode, output } = await runProbe(lab, {
    script: 'exec node -e "$@"',
    args: [fillAndAsk, url, '90', String(questions)],
    host: {
      NetworkMode: `container:${container.id}`,
      CapAdd: ['DAC_OVERRIDE'],
      Binds: [...volumes.values()].map((volume, index) => `${volume}:/volumes/${index}`),
    },
    within: 280_000,
  });
  const said = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  if (exitCode !== 0) throw new Error(`the probe ended with ${exitCode}: ${output.trim().slice(-300)}`);
  const { State: state } = await container.inspect();
  const after = state.Running ? said('after') === 1 : await answersAgain(lab, container, url);
  const log = plainLog(await container.logs({ stdout: true, stderr: true, tail: 5_000 }));
  return {
    started: said('started') === 1,
    left: said('left'),
    answers: said('answers'),
    questions,
    after,
    running: state.Running,
    errors: errorLines(log).length,
  };
}

/** Whether a container whose process has ended answers once it is started again. */
async function answersAgain(lab: LabAddress, container: Twin['container'], url: string): Promise<boolean> {
  await container.start();
  const { output } = await runProbe(lab, {
    script: 'exec node -e "$@"',
    args: [askAgain, url, '60'],
    host: { NetworkMode: `container:${container.id}` },
    within: 120_000,
  });
  return output.includes('after 1');
}
