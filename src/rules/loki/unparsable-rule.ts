import type { FindingDraft } from '../../model/finding.ts';
import type { Place, Pointer } from '../../model/location.ts';
import type { LokiRuleFile } from '../../model/logs.ts';
import { parseLogql } from '../../query/logql.ts';
import { isMapping, listAt, mappingAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A ruler takes all files of a tenant or none: one rule that it cannot read keeps every other from being loaded
 * (https://grafana.com/docs/loki/v2.9.x/alert/).
 */
export const unparsableRule = defineRule({
  id: 'loki/unparsable-rule',
  severity: 'error',
  over: 'loki',
  claim: 'Every rule of a ruler is a metric query that Loki can parse.',
  check: ({ service, rules }) =>
    rules.flatMap((file) =>
      listAt(file.value, 'groups').flatMap((group, index) =>
        listAt(group, 'rules').flatMap((rule, place): FindingDraft[] => {
          const found = problemOf(rule, file, ['groups', index, 'rules', place]);
          if (found === undefined) return [];
          const name = textValue(rule, 'alert') ?? textValue(rule, 'record') ?? '';
          return [
            {
              at: found.at,
              message: `Rule "${name}" ${found.problem}, so ${found.alone ? 'it never yields anything' : `Loki "${service}" loads no rule of its tenant`}`,
              hint: 'Write the rule as the documentation of the ruler has it',
              facts: { service, rule: name },
            },
          ];
        }),
      ),
    ),
});

interface Found {
  readonly at: Place;
  readonly problem: string;
  /** Only this rule suffers. */
  readonly alone?: boolean;
}

function problemOf(rule: unknown, { file }: LokiRuleFile, pointer: Pointer): Found | undefined {
  const at = { file, pointer };
  const expr = textValue(rule, 'expr') ?? '';
  if (!isMapping(rule)) return { at, problem: 'is no mapping' };
  const named = ['alert', 'record'].filter((key) => (textValue(rule, key) ?? '') !== '');
  if (named.length !== 1) return { at, problem: 'needs one of "alert" and "record"' };
  if (expr === '') return { at, problem: 'has no "expr"' };
  const { problems, metric } = parseLogql(expr);
  const [first] = problems;
  const place = { file, pointer: [...pointer, 'expr'] };
  if (first !== undefined) return { at: { ...place, span: first.span }, problem: `does not parse (${first.message})` };
  if (!metric) return { at: place, problem: 'asks for lines and not for a number', alone: true };
  if (named[0] === 'alert') return undefined;
  if (Object.keys(mappingAt(rule, 'annotations')).length > 0)
    return { at: { file, pointer: [...pointer, 'annotations'], part: 'key' }, problem: 'records and has annotations' };
  if ('for' in rule)
    return { at: { file, pointer: [...pointer, 'for'], part: 'key' }, problem: 'records and has "for"' };
  const name = textValue(rule, 'record') ?? '';
  return /^[A-Za-z_:][\w:]*$/.test(name)
    ? undefined
    : { at: { file, pointer: [...pointer, 'record'] }, problem: 'records to what is no name of a metric' };
}
