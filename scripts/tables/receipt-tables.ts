import { table } from './markdown.ts';
import { type Answer, alteredFields, otherUses } from './receipts.ts';
import type { World } from './worlds.ts';

/** The tables of receipts that are not for this use, and of receipts that somebody altered. */
export function receiptTables(world: World): string {
  const fields = alteredFields(world);
  const untold = fields
    .filter(({ seal, resealed }) => !seal && resealed === undefined)
    .map(({ field }) => `\`${field}\``);
  const first = ({ seal, resealed }: (typeof fields)[number]): string => (seal ? 'it is the seal' : words(resealed));
  return `## Receipts that are not for this use

Each is whole and open unless it says otherwise.

${table(
  ['a receipt', 'is answered'],
  otherUses(world).map(({ use, answer }) => [use, words(answer)]),
)}

## Every field of a receipt altered once

Of a list the first entry is altered, and the list gets an entry more. The digest is no signature: whoever writes a
receipt can seal it anew, and then only what can be told without a proof is told. So much for a forger who alters one
field and seals anew: ${untold.length} of ${fields.length} alterations are taken (${untold.join(', ')}). Who must not be
able to forge must not be able to write \`reports/\`.

${table(
  ['field', 'altered', 'altered and sealed anew'],
  fields.map((one) => [one.field, words(one.edited), first(one)]),
)}
`;
}

/** The first reason is enough to read. */
function words(answer: Answer): string {
  return answer === undefined ? '*taken*' : (answer[0] ?? '');
}
