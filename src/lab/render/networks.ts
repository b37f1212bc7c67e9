import type { Service } from '../../model/stack.ts';
import type { Context } from './context.ts';
import { mapping, without } from './json.ts';

/** The lab's networks by name: every one internal, of this project, without addresses of the user's choosing. */
export function renderNetworks(context: Context): Record<string, Record<string, unknown>> {
  const used = new Set(context.kept.flatMap((service) => networksOf(service)));
  const networks: Record<string, Record<string, unknown>> = {};
  for (const name of [...used].sort()) {
    const written = context.stack.networks.find((network) => network.name === name);
    const definition = mapping(written?.definition) ?? {};
    const dropped = Object.keys(definition).filter((key) => !['internal', 'labels', 'driver'].includes(key));
    const driver = definition['driver'];
    if (driver !== undefined && driver !== 'bridge') dropped.push('driver');
    if (dropped.length > 0) {
      context.differences.push({
        file: context.stack.composeFile,
        what: `networks.${name}`,
        from: dropped.map((key) => `${key}: ${JSON.stringify(definition[key])}`).join(', '),
        to: 'a bridge of this project',
        why: 'the lab has networks of its own and never joins one of the user',
      });
    }
    networks[name] = { driver: 'bridge', internal: true, labels: context.options.labels };
  }
  context.differences.push({
    file: context.stack.composeFile,
    what: 'networks.*.internal',
    from: '',
    to: 'true',
    why: 'nothing is sent outside the machine',
  });
  return networks;
}

/** The networks a service joins in the lab. */
export function networksOf(service: Service): string[] {
  const mode = service.definition['network_mode'];
  if (typeof mode === 'string' && /^(service:|none$)/.test(mode)) return [];
  return service.networks.length === 0 ? ['default'] : service.networks.map((network) => network.name);
}

/** The `networks` of one service: its aliases, its container name as one more, no fixed addresses. */
export function serviceNetworks(context: Context, service: Service): Record<string, unknown> {
  const written = mapping(service.definition['networks']) ?? {};
  const extra = service.containerName?.value;
  return Object.fromEntries(
    networksOf(service).map((name) => {
      const own = service.networks.find((network) => network.name === name)?.aliases ?? [];
      const aliases = [...new Set([...own, ...(extra === undefined || extra === service.name ? [] : [extra])])];
      const entry = mapping(written[name]) ?? {};
      for (const key of ['ipv4_address', 'ipv6_address', 'mac_address', 'link_local_ips']) {
        if (entry[key] === undefined) continue;
        const what = `services.${service.name}.networks.${name}.${key}`;
        const why = 'the lab has networks of its own, without addresses of the user';
        context.differences.push({ file: service.at.file, what, from: JSON.stringify(entry[key]), to: '', why });
      }
      const rest = without(entry, [
        'aliases',
        'ipv4_address',
        'ipv6_address',
        'mac_address',
        'link_local_ips',
        'driver_opts',
      ]);
      return [name, { ...rest, ...(aliases.length > 0 ? { aliases } : {}) }];
    }),
  );
}
