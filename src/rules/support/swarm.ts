import type { Stack } from '../../model/stack.ts';
import { listAt, textValue, valueAt } from '../../read/values.ts';

const ofSwarm = ['mode', 'placement', 'update_config', 'rollback_config', 'endpoint_mode'];

/**
 * Whether a compose file is for `docker stack deploy`: it says where or how Swarm places its tasks. Swarm reads all of `deploy`
 * and leaves out `depends_on`, `container_name`, `restart` and `security_opt`
 * (https://docs.docker.com/reference/cli/docker/stack/deploy/).
 */
export function isForSwarm({ services, networks }: Stack): boolean {
  const placed = services.some(
    ({ definition }) =>
      ofSwarm.some((key) => valueAt(definition, 'deploy', key) !== undefined) ||
      listAt(definition, 'ports').some((port) => textValue(port, 'mode') !== undefined),
  );
  return placed || networks.some(({ definition, external }) => !external && definition['driver'] === 'overlay');
}
