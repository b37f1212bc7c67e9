import { describe, expect, it } from 'vitest';
import { type Labels, type Relabelling, relabel } from './relabel.ts';

const rule = (given: Partial<Relabelling>): Relabelling => ({
  action: 'replace',
  source: [],
  separator: ';',
  regex: '(.*)',
  target: '',
  replacement: '$1',
  ...given,
});

const labels = (known: Readonly<Record<string, string | undefined>>, others = false): Labels => ({
  known: new Map(Object.entries(known)),
  others,
});

const become = (before: Labels, ...rules: Partial<Relabelling>[]): unknown => {
  const { known, others, kept } = relabel(before, rules.map(rule));
  return { ...Object.fromEntries(known), others, kept };
};

describe('relabel', () => {
  it.each<[string, Partial<Relabelling>, Readonly<Record<string, string | undefined>>]>([
    ['copies a label', { source: ['a'], target: 'b' }, { a: 'x:1', b: 'x:1' }],
    ['takes a part', { source: ['a'], regex: '(.*):.*', target: 'b' }, { a: 'x:1', b: 'x' }],
    ['joins labels', { source: ['a', 'c'], separator: '/', target: 'b' }, { a: 'x:1', b: 'x:1/' }],
    ['writes a constant', { target: 'b', replacement: 'y' }, { a: 'x:1', b: 'y' }],
    ['changes nothing where the pattern does not fit', { source: ['a'], regex: 'z', target: 'b' }, { a: 'x:1' }],
    ['takes a label away by an empty text', { source: ['none'], target: 'a' }, {}],
    [
      'names a label by a group',
      { source: ['a'], regex: '(x):(.*)', target: 'n_$1', replacement: '${2}' },
      { a: 'x:1', n_x: '1' },
    ],
    ['changes case', { action: 'uppercase', source: ['a'], target: 'b' }, { a: 'x:1', b: 'X:1' }],
    ['leaves labels out', { action: 'labeldrop', regex: 'a' }, {}],
    ['keeps some labels', { action: 'labelkeep', regex: 'a|b' }, { a: 'x:1' }],
    ['maps names', { action: 'labelmap', regex: '(a)', replacement: 'm_$1' }, { a: 'x:1', m_a: 'x:1' }],
    ['hashes to what nobody computes', { action: 'hashmod', source: ['a'], target: 'b' }, { a: 'x:1', b: undefined }],
  ])('%s', (_, given, expected) => {
    expect(become(labels({ a: 'x:1' }), given)).toEqual({ ...expected, others: false, kept: 'yes' });
  });

  it.each<[string, Partial<Relabelling>, string]>([
    ['keep that fits', { action: 'keep', source: ['a'], regex: 'x.*' }, 'yes'],
    ['keep that does not', { action: 'keep', source: ['a'], regex: 'y' }, 'no'],
    ['drop that fits', { action: 'drop', source: ['a'], regex: 'x:1' }, 'no'],
    ['drop of what nobody knows', { action: 'drop', source: ['u'], regex: 'x' }, 'perhaps'],
    ['keep of everything', { action: 'keep', source: ['u'], regex: '.*' }, 'yes'],
    ['keepequal', { action: 'keepequal', source: ['a'], target: 'u' }, 'perhaps'],
    ['dropequal', { action: 'dropequal', source: ['a'], target: 'a' }, 'no'],
  ])('%s', (_, given, kept) => {
    expect(become(labels({ a: 'x:1', u: undefined }), given)).toMatchObject({ kept });
  });

  it('does not know what comes of a label that nobody knows', () => {
    const before = labels({ a: 'x' }, true);
    expect(become(before, { source: ['__meta_name'], target: 'a' })).toMatchObject({ a: undefined });
    expect(become(before, { source: ['__meta_name'], target: 'a', replacement: 'y' })).toMatchObject({ a: 'y' });
    expect(become(before, { action: 'labelmap', regex: '__meta_(.+)' })).toMatchObject({ a: undefined, others: true });
  });
});
