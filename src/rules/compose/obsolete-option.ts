import type { FindingDraft } from '../../model/finding.ts';
import { textAt } from '../../model/tree.ts';
import { listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { keyIn } from '../support/places.ts';
import { isForSwarm } from '../support/swarm.ts';

/** https://docs.docker.com/reference/compose-file/version-and-name/#version-top-level-element-obsolete, https://docs.docker.com/engine/network/links/ */
export const obsoleteOption = defineRule({
  id: 'compose/obsolete-option',
  severity: 'info',
  over: 'stack',
  claim: 'No compose file has an option that compose no longer needs.',
  check: (stack, { repository: { tree } }): FindingDraft[] => {
    const { composeFile, services } = stack;
    const version = /^["']?version["']?:/m.exec(textAt(tree, composeFile) ?? '');
    const linked = services.find(({ definition }) =>
      listAt(definition, 'links').some((link) => !hasAlias(String(link))),
    );
    const found: FindingDraft[] = [];
    if (version !== null && !isForSwarm(stack)) {
      found.push({
        at: { file: composeFile, pointer: ['version'], part: 'key' },
        message: `"version" is obsolete, so compose warns of "${composeFile}" at every call and reads nothing from it`,
        hint: 'Take the line away',
        facts: { option: 'version' },
      });
    }
    if (linked !== undefined) {
      found.push({
        at: keyIn(linked, 'links'),
        message: `Service "${linked.name}" has "links", which are of the time before networks, so they add nothing to the names that services have anyway`,
        hint: 'Take "links" away, and name what it waits for in "depends_on"',
        facts: { option: 'links', service: linked.name },
      });
    }
    return found;
  },
});

/** `service:alias` gives a name that nothing else gives; `service:service` does not. */
function hasAlias(link: string): boolean {
  const [service, alias = service] = link.split(':');
  return alias !== service;
}
