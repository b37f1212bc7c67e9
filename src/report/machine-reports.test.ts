import { describe, expect, it } from 'vitest';
import { codequalityReport } from './codequality.ts';
import { jsonReport } from './json.ts';
import { junitCheckReport } from './junit-check.ts';
import { sarifReport } from './sarif.ts';
import { findingOf, resultOf, secret } from './test-support.ts';

const related = [{ file: 'b.yml', line: 9, column: 1, endLine: 9, endColumn: 2, note: 'it was here' }];
const waived = { reason: 'Next week', until: '2026-12-31' };

describe('jsonReport', () => {
  it('has every key of the contract', () => {
    const finding = findingOf({ related, hint: 'Add it', facts: { source: 'a' } });
    expect(JSON.parse(jsonReport(resultOf([finding], { 'compose/missing-bind-source': 3 })))).toEqual({
      version: 1,
      stacks: ['ops/compose.yml'],
      findings: [
        {
          rule: 'compose/missing-bind-source',
          severity: 'error',
          message: 'The source "./a & <b>" is missing',
          file: 'ops/compose.yml',
          line: 2,
          column: 3,
          endLine: 2,
          endColumn: 6,
          related: [{ file: 'b.yml', line: 9, column: 1, note: 'it was here' }],
          hint: 'Add it',
          facts: { source: 'a' },
        },
      ],
      summary: { errors: 1, warnings: 0, infos: 0, waived: 0, subjects: 3 },
    });
  });

  it('keeps a waived finding, and does not count it', () => {
    const report = JSON.parse(jsonReport(resultOf([findingOf({ waived })])));
    expect(report).toMatchObject({ findings: [{ hint: null, waived }], summary: { errors: 0, waived: 1 } });
  });
});

describe('junitCheckReport', () => {
  const subjects = { 'compose/missing-bind-source': 2, 'compose/unused-volume': 1, 'loki/nothing': 0 };

  it('has a case for each rule, and escapes what XML would read', () => {
    const xml = junitCheckReport(resultOf([findingOf()], subjects));
    expect(xml).toContain('<testsuites name="stackproof check" tests="3" failures="1" errors="0" skipped="1">');
    expect(xml).toContain('<testcase classname="stackproof.compose" name="compose/unused-volume"/>');
    expect(xml).toContain('<skipped message="nothing to look at"/>');
    expect(xml).toContain('<failure message="The source &quot;./a &amp; &lt;b&gt;&quot; is missing">');
  });

  it('fails for open errors alone', () => {
    const findings = [findingOf({ waived }), findingOf({ severity: 'warning' }), findingOf({ severity: 'info' })];
    const xml = junitCheckReport(resultOf(findings, subjects));
    expect(xml).not.toContain('<failure');
    expect(xml).toContain('waived until 2026-12-31: error: The source');
  });

  it('has the same names whatever is found', () => {
    const names = (xml: string): string[] => [...xml.matchAll(/ name="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(names(junitCheckReport(resultOf([findingOf()], subjects)))).toEqual(
      names(junitCheckReport(resultOf([], subjects))),
    );
  });
});

describe('sarifReport', () => {
  it('names rule, level and place', () => {
    const findings = [findingOf({ related, file: 'a folder/ü.yml' }), findingOf({ severity: 'info', waived })];
    const report = JSON.parse(sarifReport(resultOf(findings, { 'a/b': 1 })));
    expect(report).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'stackproof', rules: [{ id: 'a/b' }, { id: 'compose/missing-bind-source' }] } },
          results: [
            {
              ruleId: 'compose/missing-bind-source',
              ruleIndex: 1,
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'a%20folder/%C3%BC.yml' },
                    region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 6 },
                  },
                },
              ],
              relatedLocations: [{ message: { text: 'it was here' } }],
            },
            { level: 'note', suppressions: [{ kind: 'external' }] },
          ],
        },
      ],
    });
  });
});

describe('codequalityReport', () => {
  const entries = (text: string, ...findings: ReturnType<typeof findingOf>[]) =>
    JSON.parse(codequalityReport(resultOf(findings), () => text));

  it('has what GitLab asks for, and leaves out what is waived', () => {
    expect(entries('a\nb', findingOf(), findingOf({ waived }))).toEqual([
      {
        description: 'The source "./a & <b>" is missing',
        check_name: 'compose/missing-bind-source',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: 'major',
        location: { path: 'ops/compose.yml', lines: { begin: 2, end: 2 } },
      },
    ]);
  });

  it('knows a finding again after it has moved, and tells equal ones apart', () => {
    const print = (text: string, line: number): unknown[] =>
      entries(text, findingOf({ line }), findingOf({ line: line + 1 })).map(
        (entry: { fingerprint: string }) => entry.fingerprint,
      );
    expect(print('a\n  b\n  b', 2)).toEqual(print('a\nnew\n\nb\nb', 4));
    expect(new Set(print('a\nb\nb', 2)).size).toBe(2);
  });

  it('makes no fingerprint of a secret', () => {
    const printed = (text: string): string => codequalityReport(resultOf([secret.finding]), () => text);
    expect(printed(secret.text)).toBe(printed(secret.text.replace(secret.value, 'another')));
    expect(sarifReport(resultOf([secret.finding])) + jsonReport(resultOf([secret.finding]))).not.toContain(
      secret.value,
    );
  });
});
