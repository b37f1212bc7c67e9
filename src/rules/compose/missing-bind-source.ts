import type { FindingDraft } from '../../model/finding.ts';
import type { Mount, Service } from '../../model/stack.ts';
import { kindAt, type Tree, textAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';

/**
 * The engine makes an empty folder where the source of a short bind mount is missing
 * (https://docs.docker.com/reference/compose-file/services/#volumes), so a service starts without its configuration.
 */
export const missingBindSource = defineRule({
  id: 'compose/missing-bind-source',
  severity: 'error',
  over: 'service',
  claim: 'Every file and folder that a service mounts from the repository is in the repository.',
  check: (service, { repository: { tree } }) =>
    service.mounts.flatMap((mount) => {
      const path = mount.repoPath;
      if (path === undefined || mount.kind === 'volume' || kindAt(tree, path) !== 'absent') return [];
      return [draft(tree, service, mount, path)];
    }),
});

function draft(tree: Tree, service: Service, mount: Mount, path: string): FindingDraft {
  const facts = { service: service.name, source: path, target: mount.target };
  const elsewhere = outside(tree, mount, path);
  if (elsewhere !== undefined) {
    return {
      at: mount.at,
      severity: 'info',
      message: `"${mount.source}" is not in the repository because ${elsewhere}, so whether service "${service.name}" finds it cannot be told`,
      hint: `See that the server has it before the stack starts`,
      facts,
    };
  }
  const follows =
    mount.kind === 'bind'
      ? `the engine mounts an empty folder at "${mount.target}" instead`
      : 'compose refuses to start it';
  return {
    at: mount.at,
    message: `"${mount.source}", which service "${service.name}" mounts, is not in the repository, so ${follows}`,
    hint: `Add "${path}" to the repository, or mount what is there`,
    facts,
  };
}

/** Why a source may rightly be missing from the repository, in words. */
function outside(tree: Tree, mount: Mount, path: string): string | undefined {
  if (mount.kind === 'secret') return 'it holds a secret';
  if (isIgnored(tree, path, !looksLikeFile(mount))) return 'git ignores it';
  if (inSubmodule(tree, path)) return 'it is in a submodule';
  if (['.example', '.sample', '.template', '.dist'].some((ending) => tree.files.has(`${path}${ending}`)))
    return 'only an example of it is kept';
  if (!mount.readOnly && !looksLikeFile(mount) && !mount.target.startsWith('/etc/'))
    return 'it looks like a folder for data';
  return undefined;
}

function looksLikeFile(mount: Mount): boolean {
  return /[^/]\.\w{1,10}$/.test(mount.target) || /[^/.]\.\w{1,10}$/.test(mount.source);
}

function inSubmodule(tree: Tree, path: string): boolean {
  const modules = textAt(tree, '.gitmodules') ?? '';
  return [...modules.matchAll(/^\s*path\s*=\s*(\S+)\s*$/gm)].some(
    ([, module]) => module !== undefined && (path === module || path.startsWith(`${module}/`)),
  );
}
