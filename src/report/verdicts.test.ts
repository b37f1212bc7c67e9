import { describe, expect, it } from 'vitest';
import { verdictText } from './verdicts.ts';

describe('verdictText', () => {
  it('counts what the passes of a suite met, the most frequent first', () => {
    const verdicts = ['data', 'no data: metric absent', 'data', undefined].map((seen, index) => ({
      claim: `dashboards: ${index}`,
      suite: 'dashboards',
      subject: String(index),
      outcome: 'pass' as const,
      looked: 1,
      ...(seen === undefined ? {} : { seen }),
    }));
    const nothing = { images: [], differences: [], waived: [], reasons: [], folded: [], reports: 'reports' };
    const lines = verdictText({ ...nothing, verdicts, open: true, receipt: false }).split('\n');
    expect(lines[0]).toBe('dashboards       4 pass');
    expect(lines[1]?.trim()).toBe('2 data, 1 no data: metric absent');
  });
});
