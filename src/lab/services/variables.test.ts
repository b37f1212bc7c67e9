import { describe, expect, it } from 'vitest';
import { replaceVariables } from './variables.ts';

describe('replaceVariables', () => {
  const values = { job: 'node', instance: '.*' };
  it.each([
    ['up{job="$job"}', 'up{job="node"}'],
    ['up{job="${job}", instance=~"${instance:regex}"}', 'up{job="node", instance=~".*"}'],
    ['up{job="[[job]]"}', 'up{job="node"}'],
    ['rate(x[$__rate_interval])', 'rate(x[$__rate_interval])'],
  ])('%s', (text, expected) => {
    expect(replaceVariables(text, values)).toBe(expected);
  });
});
