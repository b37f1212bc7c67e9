import { describe, expect, it } from 'vitest';
import type { Verdict } from '../model/verdict.ts';
import { junitReport } from './junit.ts';

const verdict = (subject: string, outcome: Verdict['outcome'], cause?: string): Verdict => ({
  claim: `boot: ${subject}`,
  suite: 'boot',
  subject,
  outcome,
  looked: 1,
  ...(cause === undefined ? {} : { cause }),
});

describe('junitReport', () => {
  it('counts each outcome apart and names a case by its subject', () => {
    const xml = junitReport([
      verdict('a', 'pass'),
      verdict('b', 'fail', 'no <limit> & more\nsecond'),
      verdict('c', 'unknown', 'no engine'),
      verdict('d', 'error', 'broke'),
    ]);
    expect(xml).toContain('<testsuite name="boot" tests="4" failures="1" errors="1" skipped="1">');
    expect(xml).toContain('<testcase classname="stackproof.boot" name="a"/>');
    expect(xml).toContain(
      '<failure message="no &lt;limit&gt; &amp; more">no &lt;limit&gt; &amp; more\nsecond</failure>',
    );
    expect(xml).toContain('<skipped message="unknown: no engine"/>');
    expect(xml).toContain('<error message="broke">broke</error>');
  });

  it('tells what a pass met', () => {
    const xml = junitReport([{ ...verdict('a', 'pass'), seen: 'no data: metric absent', note: '"x" has no series' }]);
    expect(xml).toContain('<system-out>no data: metric absent\n&quot;x&quot; has no series</system-out>');
  });

  it('keeps what XML cannot hold out of the file', () => {
    expect(junitReport([verdict('a', 'fail', 'colour \u001b[31mred')])).not.toContain('\u001b');
  });
});
