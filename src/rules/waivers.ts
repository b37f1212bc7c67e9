import type { FindingDraft, Waiver } from '../model/finding.ts';
import { pointerText } from '../model/location.ts';

/** A waiver holds up to and including its last day; one whose end is no date never does. */
export function isExpired({ until }: Waiver, today: string): boolean {
  return !/^\d{4}-\d{2}-\d{2}$/.test(until) || until < today;
}

/** The waiver in force that covers a finding of a rule: the same file, or the same value in it or one above. */
export function waiverFor(
  waivers: readonly Waiver[],
  rule: string,
  at: FindingDraft['at'],
  today: string,
): Waiver | undefined {
  return waivers.find((waiver) => waiver.rule === rule && !isExpired(waiver, today) && covers(waiver.place, at));
}

function covers(place: string, at: FindingDraft['at']): boolean {
  if (place === at.file) return true;
  if (!place.startsWith(`${at.file}#`)) return false;
  const wanted = place.slice(at.file.length + 1);
  const text = pointerText(at.pointer ?? []);
  return text === wanted || text.startsWith(`${wanted}.`) || text.startsWith(`${wanted}[`);
}
