import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { isMapping, listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { commandsOf } from '../support/shell.ts';

/**
 * A job that runs docker asks an engine: one beside it, whose name and port have to be those of `DOCKER_HOST`
 * (https://docs.gitlab.com/ci/docker/using_docker_build/#use-docker-in-docker). Since 19.03 that engine listens on 2376 with
 * TLS, unless `DOCKER_TLS_CERTDIR` is empty. A runner may also lend its own socket, which the files do not tell.
 */
export const absentEngine = defineRule({
  id: 'ci/absent-engine',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'Every job that runs docker is given the engine that it asks.',
  check: (job): FindingDraft[] => {
    const host = textValue(job.value, 'variables', 'DOCKER_HOST');
    const asked = /^tcp:\/\/([\w-]+):(\d+)\/?$/.exec(host ?? '');
    if (job.hidden || asked === null || !runsDocker(job)) return [];
    const [, name = '', port = ''] = asked;
    if (name === 'localhost') return [];
    const services = servicesOf(job);
    const engine = services.find(({ names }) => names.includes(name));
    const at = job.placeOf('variables', 'DOCKER_HOST');
    const facts = { job: job.name, host: `${name}:${port}` };
    if (engine === undefined) {
      if (services.some(({ open }) => open)) return [];
      const message = `Job "${job.name}" asks the engine at "${name}:${port}", and none of its services has that name, so every docker command fails unless the runner adds one`;
      return [{ at, message, hint: `Add a service "docker:dind" with the name "${name}"`, facts }];
    }
    const wanted = engine.told ? port : portOf(job);
    if (wanted === undefined || wanted === port || !['2375', '2376'].includes(port)) return [];
    const how = wanted === '2376' ? 'with TLS' : 'without TLS';
    return [
      {
        at,
        message: `Job "${job.name}" asks the engine at "${name}:${port}", which listens on "${wanted}" ${how}, so every docker command fails`,
        related: [{ at: job.placeOf('services', engine.index), note: 'the engine' }],
        hint:
          wanted === '2376'
            ? `Write "tcp://${name}:2376" with "DOCKER_TLS_CERTDIR: /certs", or empty "DOCKER_TLS_CERTDIR"`
            : `Write "tcp://${name}:2375"`,
        facts,
      },
    ];
  },
});

interface Service {
  readonly index: number;
  readonly names: readonly string[];
  /** A variable names it, so any name may be its. */
  readonly open: boolean;
  /** It has a command, or settings, of its own, and may listen anywhere. */
  readonly told: boolean;
}

/** A service answers to its image's path, with its slashes as `__` and as `-`, and to its alias (https://docs.gitlab.com/ci/services/#accessing-the-services). */
function servicesOf(job: PipelineJob): Service[] {
  return listAt(job.value, 'services').map((entry, index) => {
    const image = textValue(entry) ?? textValue(entry, 'name') ?? '';
    const path = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
    const aliases = (textValue(entry, 'alias') ?? '').split(/[\s,]+/);
    const told =
      isMapping(entry) && ['command', 'entrypoint', 'variables'].some((key) => valueAt(entry, key) !== undefined);
    const names = [path.replaceAll('/', '__'), path.replaceAll('/', '-'), ...aliases];
    const plain = /^(?:docker\.io\/)?(?:library\/)?docker$/.test(path);
    return {
      index,
      names: plain ? [...names, 'docker'] : names,
      open: /\$/.test(`${image}${aliases.join('')}`),
      told: told || !plain || /:(?:1[0-8]\b|19\.0[0-2])/.test(image),
    };
  });
}

/** Where the engine listens; undefined where a variable decides. */
function portOf(job: PipelineJob): string | undefined {
  const folder = valueAt(job.value, 'variables', 'DOCKER_TLS_CERTDIR');
  if (typeof folder === 'string' && folder.includes('$')) return undefined;
  return folder === '' ? '2375' : '2376';
}

function runsDocker({ script }: PipelineJob): boolean {
  return script.some(({ text }) => commandsOf(text).some(({ word }) => word === 'docker' || word === 'docker-compose'));
}
