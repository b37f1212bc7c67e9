import { textAt } from '../../model/tree.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';

/** A declared volume that nothing mounts is dead weight, or the sign of a mount that was forgotten. */
export const unusedVolume = defineRule({
  id: 'compose/unused-volume',
  severity: 'warning',
  over: 'stack',
  claim: 'Every declared volume is mounted by a service.',
  check: (stack, { repository: { tree } }) => {
    const used = new Set(
      stack.services.flatMap((service) =>
        service.mounts.filter((mount) => mount.kind === 'volume').map((mount) => mount.source),
      ),
    );
    const neighbours = [...tree.files.keys()]
      .filter((path) => path !== stack.composeFile && folderOf(path) === folderOf(stack.composeFile))
      .filter((path) => /^(docker-)?compose[^/]*\.ya?ml$/.test(baseOf(path)))
      .map((path) => textAt(tree, path) ?? '');
    return stack.volumes
      .filter((volume) => !used.has(volume.name))
      .filter((volume) => !neighbours.some((text) => text.includes(`${volume.name}:/`)))
      .map((volume) => ({
        at: volume.at,
        message: `Volume "${volume.name}" is mounted by no service, so nothing is ever kept in it`,
        hint: 'Remove it, or mount it where data must last',
        facts: { volume: volume.name, engineName: volume.engineName },
      }));
  },
});
