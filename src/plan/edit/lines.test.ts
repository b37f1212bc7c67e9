import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../model/plan.ts';
import type { EditedText } from './edit.ts';
import { editLines } from './lines.ts';

const edit = (text: string, one: TextEdit): EditedText => editLines('f', text, [one], ({ with: text = '' }) => text);

describe('an edit of text', () => {
  it('replaces whole lines, and keeps the line ends of the file', () => {
    expect(edit('a\r\nb\r\nc\r\n', { from: 'a', until: 'c', with: 'x\ny' }).text).toBe('x\r\ny\r\nc\r\n');
    expect(edit('a\nb\nc', { from: 'b', with: 'x\n' }).text).toBe('a\nx\n');
    expect(edit('a\nb\nc\n', { from: 'b', until: 'c', with: '' }).text).toBe('a\nc\n');
  });

  it('knows what it wrote before', () => {
    for (const one of [
      { from: 'a', until: 'c', with: 'a\nx\n' },
      { from: 'b', until: 'c', with: 'x\n' },
      { from: 'c', with: 'd\n' },
    ]) {
      const first = edit('a\nb\nc\n', one);
      expect(first.problems).toEqual([]);
      expect(edit(first.text, one)).toMatchObject({ text: first.text, problems: [], done: [0] });
    }
  });

  it.for([
    ['x', undefined, 'no line equals "x"'],
    ['b', undefined, 'f:2: the line "b" stands here and at 4: which is meant?'],
    ['a', 'z', 'f:1: no line behind this one equals "z"'],
    [' a', undefined, 'no line equals " a"'],
  ] as const)('is refused from %j until %j', ([from, until, message], { expect }) => {
    const { text, problems } = edit('a\nb\nc\nb\n', { from, with: 'w\n', ...(until === undefined ? {} : { until }) });
    expect(text).toBe('a\nb\nc\nb\n');
    expect(problems[0]?.message).toContain(message);
  });
});
