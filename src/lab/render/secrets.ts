import { posix } from 'node:path';
import { parse } from 'yaml';
import type { Mount, Service } from '../../model/stack.ts';
import { kindAt, textAt } from '../../model/tree.ts';
import type { Context } from './context.ts';
import { putText } from './context.ts';
import { mapping, text } from './json.ts';
import { looksSecret, madeUp } from './made-up.ts';

/** Renders a compose secret or config as the read-only bind that compose itself makes of it outside a swarm. */
export function secretMount(context: Context, service: Service, mount: Mount): Readonly<Record<string, unknown>>[] {
  const path = mount.repoPath;
  if (path !== undefined && kindAt(context.tree, path) === 'file')
    return [bound(context, service, mount, `files/${path}`, path)];
  const name = path === undefined ? mount.source : posix.basename(path);
  const file = `secrets/${mount.kind}-${name.replace(/[^a-zA-Z0-9._-]+/g, '-')}`;
  const what = `${mount.kind}s.${name}`;
  const inline = inlineContent(context, mount);
  if (inline !== undefined) {
    putText(context, file, inline);
    return [bound(context, service, mount, file)];
  }
  if (mount.kind === 'config' && !looksSecret(name)) {
    const why = `config "${name}" is not in the repository`;
    const missing = { service: service.name, source: mount.source, target: mount.target, why };
    context.missing.push(path === undefined ? missing : { ...missing, repoPath: path });
    context.differences.push({ file: mount.at.file, what, from: mount.source, to: '', why });
    return [];
  }
  putText(context, file, madeUp(context.options.project, name));
  const known = context.differences.some((one) => one.what === what);
  const why = 'the secret is not in the repository: a made-up value of the run';
  if (!known) context.differences.push({ file: mount.at.file, what, from: mount.source, to: `./${file}`, why });
  return [bound(context, service, mount, file)];
}

function bound(
  context: Context,
  service: Service,
  mount: Mount,
  file: string,
  repoPath?: string,
): Readonly<Record<string, unknown>> {
  const original = repoPath === undefined ? undefined : context.tree.files.get(repoPath);
  const changed = repoPath === undefined ? undefined : context.overlay.get(repoPath);
  if (changed !== undefined) putText(context, file, changed);
  else if (original !== undefined) context.files.set(file, { ...original, path: file });
  context.mounted.push({
    service: service.name,
    target: mount.target,
    file,
    ...(repoPath === undefined ? {} : { repoPath }),
  });
  return {
    type: 'bind',
    source: `./${file}`,
    target: mount.target,
    read_only: true,
    bind: { create_host_path: false },
  };
}

/** `content:` of a config or secret, as the compose file writes it. */
function inlineContent(context: Context, mount: Mount): string | undefined {
  const source = textAt(context.tree, context.stack.composeFile);
  if (source === undefined) return undefined;
  let compose: unknown;
  try {
    compose = parse(source, { merge: true, logLevel: 'silent' });
  } catch {
    return undefined;
  }
  const entry = mapping(mapping(mapping(compose)?.[`${mount.kind}s`])?.[mount.source]);
  return text(entry?.['content'])?.replaceAll('$$', '$');
}
