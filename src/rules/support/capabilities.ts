import type { Service } from '../../model/stack.ts';
import { listAt, textValue } from '../../read/values.ts';

/** What the engine gives every container (https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities). */
const given = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

/** Whether root in a container has a capability: a name that is dropped is gone, and one that is added outlives `ALL` dropped. */
export function hasCapability(service: Service, name: string): boolean {
  if (service.privileged?.value === true) return true;
  const [added, dropped] = [namesIn(service, 'cap_add'), namesIn(service, 'cap_drop')];
  if (dropped.has(name)) return false;
  if (added.has(name) || added.has('ALL')) return true;
  return given.has(name) && !dropped.has('ALL');
}

function namesIn({ definition }: Service, list: 'cap_add' | 'cap_drop'): Set<string> {
  return new Set(listAt(definition, list).map((entry) => (textValue(entry) ?? '').toUpperCase().replace(/^CAP_/, '')));
}
