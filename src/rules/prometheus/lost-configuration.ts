import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isOfItsMakers } from '../support/makers.ts';
import { placeIn } from '../support/places.ts';

/**
 * The image names its configuration in its own command, which a `command` in the compose file replaces: without
 * `--config.file` Prometheus looks for `prometheus.yml` in its working folder, that of its data
 * (https://github.com/prometheus/prometheus/blob/v2.47.0/Dockerfile).
 */
export const lostConfiguration = defineRule({
  id: 'prometheus/lost-configuration',
  severity: 'error',
  over: 'service',
  claim: 'A command of Prometheus that replaces its image’s own names the configuration.',
  check: (service) => {
    const { definition, mounts, name } = service;
    if (service.product !== 'prometheus' || !isOfItsMakers(service)) return [];
    const written = definition['command'];
    const bare = written === undefined || written === null || definition['entrypoint'] !== undefined;
    if (bare || service.command.length === 0 || flagValue(service, 'config.file') !== undefined) return [];
    const folder = typeof definition['working_dir'] === 'string' ? definition['working_dir'] : '/prometheus';
    const path = containerPath(folder, 'prometheus.yml');
    if (
      mounts.some(
        ({ target, kind, repoPath }) =>
          target === path || (kind === 'bind' && repoPath === undefined && path.startsWith(`${target}/`)),
      )
    )
      return [];
    return [
      {
        at: { ...placeIn(service, 'command'), part: 'key' as const },
        message: `The command of "${name}" has no "--config.file", so Prometheus looks for "${path}", which nobody mounts, and does not start`,
        hint: 'Write "--config.file=/etc/prometheus/prometheus.yml": the command replaces the one of the image',
        facts: { service: name, path },
      },
    ];
  },
});
