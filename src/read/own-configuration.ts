import type { Waiver } from '../model/finding.ts';
import { problemsOf } from '../schema/problems.ts';
import { matching, oneOf, text } from '../schema/scalars.ts';
import { list, record, type Shape } from '../schema/shape.ts';
import type { Documents } from './documents.ts';
import { openMapping } from './open-mapping.ts';
import { listAt, textValue } from './values.ts';

/** What a repository says to this program itself. */
export const ownFile = '.stackproof.yaml';

const filled = text(matching(/\S/, 'empty'));
const day = text(matching(/^\d{4}-\d{2}-\d{2}$/, 'no day like 2027-01-31'));
const waiver = record(
  'a waiver',
  { rule: text(matching(/^[a-z]+\/[a-z-]+$/, 'no rule like room/defect')), place: filled, reason: filled, until: day },
  { required: ['rule', 'place', 'reason', 'until'] },
);
const shape: Shape = record(`"${ownFile}"`, { version: oneOf('1'), waivers: list(waiver) }, { required: ['version'] });

/** The waivers of `.stackproof.yaml`, each with its place. What is wrong in it is reported as `repo/invalid-waiver`. */
export function readOwnConfiguration(documents: Documents): Waiver[] {
  if (!documents.tree.files.has(ownFile)) return [];
  const value = openMapping(documents, ownFile, {}, 'yaml');
  if (value === undefined) return [];
  const problems = problemsOf(shape, value);
  for (const { pointer, part, message, hint } of problems) {
    documents.report({
      rule: 'repo/invalid-waiver',
      at: { file: ownFile, pointer, part },
      message: `${message}, so nothing is waived there`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  return listAt(value, 'waivers').flatMap((entry, index): Waiver[] => {
    const wrong = problems.some(({ pointer }) => pointer[0] === 'waivers' && pointer[1] === index);
    const at = { file: ownFile, pointer: ['waivers', index] };
    const [rule = '', place = '', reason = '', until = ''] = ['rule', 'place', 'reason', 'until'].map((key) =>
      textValue(entry, key),
    );
    return wrong ? [] : [{ rule, place, reason, until, at }];
  });
}
