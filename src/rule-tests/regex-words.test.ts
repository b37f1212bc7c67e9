import { describe, expect, it } from 'vitest';
import { wordsMatching } from './regex-words.ts';

describe('words that match an expression', () => {
  it.each([
    ['host-.+', 'host-a'],
    ['a|b', 'a'],
    ['5..', '5xx'],
    ['(foo|bar)-\\d{3}', 'foo-111'],
    ['[45][0-9]{2}', '411'],
    ['10\\.0\\.0\\.(80|81):9100', '10.0.0.80:9100'],
    ['(?i)prod', 'prod'],
    ['(?:a|b)?c+', 'ac'],
    ['[^/]+', 'x'],
    ['^node$', 'node'],
    ['.*', 'a'],
    ['', ''],
  ])('of %s', (pattern, wanted) => {
    expect(wordsMatching(pattern, 'a')).toContain(wanted);
  });

  it('has one for each alternative', () => {
    expect(wordsMatching('(get|put)-(a|b)', 'x')).toEqual(['get-a', 'get-b', 'put-a', 'put-b']);
  });

  it('has none for what nothing matches', () => {
    expect(wordsMatching('a\\b.b', 'x')).toEqual([]);
  });
});
