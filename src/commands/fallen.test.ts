import { expect, it } from 'vitest';
import { bootSubjects } from '../gate/subjects/boot.ts';
import type { ContainerState } from '../lab/services/containers.ts';
import { playedLab } from '../lab/services/testing.ts';
import { treeOf } from '../model/tree.ts';
import type { Verdict } from '../model/verdict.ts';
import { readRepository } from '../read/repository.ts';
import { afterLastLook } from './fallen.ts';

const compose = 'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n  init:\n    image: busybox:1\n';
const well: ContainerState = {
  status: 'running',
  exitCode: 0,
  restarts: 0,
  memory: 0,
  nanoCpus: 0,
  user: '',
  readOnly: false,
  privileged: false,
  securityOptions: [],
  capAdd: [],
  capDrop: [],
  memoryReservation: 0,
  pidsLimit: 0,
  environment: {},
  mounts: [],
};

it.each<[string, Partial<ContainerState>, string, Verdict['outcome']]>([
  ['that runs', {}, 'prometheus', 'pass'],
  ['that restarted', { restarts: 1 }, 'prometheus', 'fail'],
  ['that ended', { status: 'exited' }, 'prometheus', 'fail'],
  ['that is a helper and ended well', { status: 'exited' }, 'init', 'pass'],
  ['that is a helper and ended ill', { status: 'exited', exitCode: 1 }, 'init', 'fail'],
])('the last look at a service %s', async (_, state, name, outcome) => {
  const [stack] = readRepository(treeOf({ 'docker-compose.yml': compose })).stacks;
  if (stack === undefined) throw new Error('no stack was read');
  const { lab: played, stop } = await playedLab({});
  await stop();
  const container = { name, container: 'c', host: name };
  const lab = { ...played, services: { [name]: container } };
  const verdicts = bootSubjects(stack).map(
    ({ claim }): Verdict => ({ ...claim, claim: claim.id, outcome: 'pass', looked: 1 }),
  );
  const seen = await afterLastLook(verdicts, lab, stack, async () => ({ ...well, ...state }));
  expect(seen.find((verdict) => verdict.claim === `boot: ${name} runs`)?.outcome).toBe(outcome);
  expect(seen.filter((verdict) => verdict.outcome === 'fail')).toHaveLength(outcome === 'fail' ? 1 : 0);
});
