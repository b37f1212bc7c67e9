import { describe, expect, it } from 'vitest';
import { commandsOf, maskShell } from './shell.ts';

const words = (text: string): string[] => commandsOf(text).map(({ word }) => word);

describe('commandsOf', () => {
  it.each([
    ['a b && c || d; e | f', ['a', 'c', 'd', 'e', 'f']],
    ['if ! a x; then b; fi', ['a', 'b', 'fi']],
    ['A=1 B="2 3" a', ['a']],
    ['sudo env X=1 a', ['a']],
    ['ssh host "b && c"', ['ssh']],
    ["a 'b; c' # d; e", ['a']],
    ['a << EOF\nb\nEOF\nc', ['a', 'c']],
    ["a << 'END'\nb; c\n  END\nd", ['a', 'd']],
    ['a \\\n  --b c\nd', ['a', 'd']],
    ['x=$(a b)', ['x=$', 'a']],
    ['"$A/b" c', ['']],
    ['', []],
  ])('%j', (text, expected) => expect(words(text)).toEqual(expected));

  it('keeps offsets', () => {
    const text = 'a "b" && ./c.sh x';
    expect(commandsOf(text).map(({ start, word }) => text.slice(start, start + word.length))).toEqual(['a', './c.sh']);
    expect(maskShell(text)).toHaveLength(text.length);
  });
});
