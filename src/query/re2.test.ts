import { array, assert, constantFrom, property, string } from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { matchesWhole, regexProblem } from './re2.ts';

const pieces = constantFrom(
  ...'a b z9 _ - . .* .+ .? \\. | / * + ? ( ) (?: [ ] ^ $ [a-z] [|a] [^b] [^:/]+ [z-a] [a-]* [a-z-9] \\d \\w+ \\s'.split(
    ' ',
  ),
  ...'\\S+ \\W \\[ \\\\ \\- (?P<a> (?P<b> (?P<a1>.) (?<a> \\b {2} )? (a|b) (.*)'.split(' '),
);
const texts = constantFrom(
  ...['', 'a', 'ab', 'a.b', 'a\nb', 'é', '😀', 'b-z9', 'a b', '_/', '[', '\\', '\t', '\u00a0', '\v', 'a\r', '\u2028'],
);

describe('regular expressions', () => {
  it('are refused and match as RE2 has it, the simple ones too', () => {
    let simple = 0;
    assert(
      property(array(pieces, { maxLength: 7 }), array(texts, { maxLength: 3 }), (parts, words) => {
        const pattern = parts.join('');
        const text = words.join('');
        let theirs: RE2JS | undefined;
        try {
          theirs = RE2JS.compile(pattern);
        } catch {
          theirs = undefined;
        }
        expect(regexProblem(pattern) === undefined).toBe(theirs !== undefined);
        expect(matchesWhole(pattern, text)).toBe(theirs?.matches(text) ?? false);
        if (theirs !== undefined) simple += 1;
      }),
      { numRuns: 3000 },
    );
    expect(simple).toBeGreaterThan(500);
  });

  it('take any text for a pattern without breaking', () => {
    assert(
      property(string(), string(), (pattern, text) => typeof matchesWhole(pattern, text) === 'boolean'),
      {
        numRuns: 1000,
      },
    );
    expect(regexProblem('(')).toContain('missing');
  });
});
