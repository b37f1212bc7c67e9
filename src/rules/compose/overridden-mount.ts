import type { FindingDraft } from '../../model/finding.ts';
import { isMapping, listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeIn } from '../support/places.ts';
import { isFilledIn } from './undeclared.ts';

/**
 * Of two volumes with one target compose keeps the last and says nothing
 * (https://docs.docker.com/reference/compose-file/merge/#unique-resources); a target without a slash is refused by the
 * engine (`mount path must be absolute`).
 */
export const overriddenMount = defineRule({
  id: 'compose/overridden-mount',
  severity: 'error',
  over: 'service',
  claim: 'Every mount of a service has an absolute target of its own.',
  check: (service, { stack }) => {
    const seen = new Map<string, number>();
    return listAt(service.definition, 'volumes').flatMap((entry, index): FindingDraft[] => {
      const written = targetOf(entry);
      const at = placeIn(service, 'volumes', index);
      // An absolute Windows path is split elsewhere: its colon is none of ours.
      if (written === undefined || written.includes('\\') || isFilledIn(stack, at)) return [];
      const facts = { service: service.name, target: written };
      if (!written.startsWith('/')) {
        const message = `Service "${service.name}" mounts at "${written}", which is no absolute path, so the engine does not make its container`;
        return [{ at, message, hint: 'Write the whole path inside the container', facts }];
      }
      const target = written.replace(/\/+$/, '') || '/';
      const before = seen.get(target);
      seen.set(target, index);
      if (before === undefined) return [];
      const related = [{ at, note: 'the mount that is kept' }];
      const message = `Service "${service.name}" has another mount at "${written}" below this one, so compose leaves this one out`;
      const place = placeIn(service, 'volumes', before);
      return [{ at: place, message, severity: 'warning', related, hint: 'Keep one of them', facts }];
    });
  },
});

function targetOf(entry: unknown): string | undefined {
  if (isMapping(entry)) return textValue(entry, 'target');
  const text = textValue(entry) ?? '';
  const parts = text.split(':');
  return /^[A-Za-z]:[\\/]/.test(text) || parts.length < 2 ? undefined : parts[1];
}
