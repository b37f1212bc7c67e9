import type { Context } from './context.ts';
import { mapping } from './json.ts';

/** The lab's named volumes: those the kept services mount, of this project, plain. */
export function renderVolumes(context: Context): Record<string, Record<string, unknown>> {
  const mounted = context.kept.flatMap((service) =>
    service.mounts.filter((mount) => mount.kind === 'volume' && mount.source !== ''),
  );
  const names = new Set([...mounted.map((mount) => mount.source), ...context.extraVolumes]);
  const volumes: Record<string, Record<string, unknown>> = {};
  for (const name of [...names].sort()) {
    const definition = mapping(context.stack.volumes.find((volume) => volume.name === name)?.definition) ?? {};
    for (const key of ['external', 'name', 'driver', 'driver_opts']) {
      if (definition[key] === undefined || definition[key] === false || definition[key] === 'local') continue;
      context.differences.push({
        file: context.stack.composeFile,
        what: `volumes.${name}.${key}`,
        from: JSON.stringify(definition[key]),
        to: '',
        why: 'the lab has plain volumes of its own and never touches one of the user',
      });
    }
    volumes[name] = { labels: context.options.labels };
  }
  return volumes;
}
