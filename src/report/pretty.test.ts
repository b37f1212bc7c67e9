import { describe, expect, it } from 'vitest';
import { prettyReport } from './pretty.ts';
import { findingOf, resultOf, secret } from './test-support.ts';

const plain = { colour: false };
const textOf = (): string => secret.text;

describe('prettyReport', () => {
  it('shows the line, a caret, what is related and a hint', () => {
    const finding = findingOf({
      hint: 'Add it',
      related: [{ file: 'b.yml', line: 9, column: 1, endLine: 9, endColumn: 2, note: 'it was here' }],
    });
    expect(prettyReport(resultOf([finding], { 'compose/missing-bind-source': 2 }), textOf, plain)).toBe(
      `ops/compose.yml:2:3: error: The source "./a & <b>" is missing (compose/missing-bind-source)
  2 |   bcd ef
    |   ^^^
  see b.yml:9:1: it was here
  hint: Add it

1 error, 0 warnings, 0 info, 0 waived; 1 rule looked at 2 subjects in 1 stack
`,
    );
  });

  it('keeps a waived finding in sight', () => {
    const finding = findingOf({ waived: { reason: 'Next week', until: '2026-12-31' } });
    const text = prettyReport(resultOf([finding]), textOf, plain);
    expect(text).toContain('waived error: The source');
    expect(text).toContain('waived until 2026-12-31: Next week');
    expect(text).toContain('0 errors, 0 warnings, 0 info, 1 waived');
  });

  it('never shows a line that holds a secret, whoever points at it', () => {
    const other = findingOf({ rule: 'ci/unparsable-yaml', line: 3, endLine: 3 });
    expect(prettyReport(resultOf([secret.finding, other]), textOf, plain)).not.toContain(secret.value);
  });

  it('shows a window of a long line', () => {
    const line = `${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`;
    const finding = findingOf({ line: 1, endLine: 1, column: 5001, endColumn: 5005 });
    const text = prettyReport(resultOf([finding]), () => line, plain).split('\n');
    expect(text[1]?.length).toBeLessThan(200);
    const caret = text[2]?.indexOf('^^^^') ?? 0;
    expect(text[1]?.slice(caret, caret + 4)).toBe('HERE');
  });

  it('shows no source where there is none, and underlines to the end of the first of several lines', () => {
    expect(prettyReport(resultOf([findingOf()]), () => undefined, plain)).not.toContain('|');
    expect(prettyReport(resultOf([findingOf({ endLine: 3, endColumn: 1 })]), textOf, plain)).toContain('|   ^^^^^^\n');
  });

  it('is coloured only where it is asked to be', () => {
    expect(prettyReport(resultOf([findingOf()]), textOf, plain)).not.toContain('\u001b');
    expect(prettyReport(resultOf([findingOf()]), textOf, { colour: true })).toContain('\u001b[31merror\u001b[0m');
  });
});
