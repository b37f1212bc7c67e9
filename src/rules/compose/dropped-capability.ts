import type { Service } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { hasCapability } from '../support/capabilities.ts';
import { placeIn } from '../support/places.ts';

/**
 * Official images that start as root, give their files to a user of their own and go on as that one, and the program for
 * which they do (https://github.com/docker-library/postgres/blob/master/docker-entrypoint.sh and its like; nginx does it
 * itself for its workers: https://nginx.org/en/docs/ngx_core_module.html#user).
 */
const changing: Readonly<Record<string, string>> = {
  mariadb: 'mariadbd',
  mongo: 'mongod',
  mysql: 'mysqld',
  nginx: 'nginx',
  postgres: 'postgres',
  redis: 'redis-server',
  valkey: 'valkey-server',
};
const needed = ['SETGID', 'SETUID'] as const;

/** https://man7.org/linux/man-pages/man7/capabilities.7.html */
export const droppedCapability = defineRule({
  id: 'compose/dropped-capability',
  severity: 'error',
  over: 'service',
  claim: 'No service loses a capability that its image needs to start.',
  check: (service) => {
    const image = imageOf(service);
    if (image === undefined || !('cap_drop' in service.definition) || !changesUser(service, image)) return [];
    const lost = needed.filter((name) => !hasCapability(service, name));
    if (lost.length === 0) return [];
    return [
      {
        at: placeIn(service, 'cap_drop'),
        message: `Service "${service.name}" has no capability "${lost.join('", "')}", and the image "${image}" starts as root and changes to a user of its own, so it does not start`,
        hint: 'Add CHOWN, DAC_OVERRIDE, FOWNER, SETGID and SETUID with "cap_add", or set "user" to that of the image',
        facts: { service: service.name, image, lost },
      },
    ];
  },
});

/** The name of an official image: no registry but Docker Hub, no owner but `library`. */
function imageOf({ image, definition }: Service): string | undefined {
  if (image === undefined || 'build' in definition) return undefined;
  const name = /^(?:docker\.io\/)?(?:library\/)?([a-z]+)(?:[:@].*)?$/.exec(image.value)?.[1];
  return name !== undefined && name in changing ? name : undefined;
}

/** Another user, another entrypoint or another command starts without the change. */
function changesUser({ user, definition, command, mounts }: Service, image: string): boolean {
  if (definition['entrypoint'] !== undefined) return false;
  if (user !== undefined && !/^(?:root|0)(?::|$)/.test(user.value)) return false;
  if (image === 'nginx' && mounts.some(({ target }) => /^\/etc\/nginx(?:\/nginx\.conf)?\/?$/.test(target)))
    return false;
  const [program] = command;
  return program === undefined || program.value.startsWith('-') || program.value.split(' ')[0] === changing[image];
}
