import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { absentSourcePanel } from './absent-source-panel.ts';
import { grafanaWith } from './test-support.ts';

const asked = { id: 1, type: 'stat', title: 'Asked', targets: [{ refId: 'A', expr: 'up' }] };
const shows = (panelId: unknown, more: object = {}): object => ({
  id: 2,
  type: 'stat',
  title: 'Shows',
  datasource: { type: 'datasource', uid: '-- Dashboard --' },
  targets: [{ refId: 'A', panelId }],
  ...more,
});
const row = (id: number, collapsed: boolean, ...panels: object[]): object => ({ id, type: 'row', collapsed, panels });
const found = (...panels: object[]): string[] =>
  told(absentSourcePanel, grafanaWith({ 'a.json': { title: 'A', uid: 'a', panels } }));

describe('grafana/absent-source-panel', () => {
  it.each<[string, object[]]>([
    ['one beside it', [asked, shows(1)]],
    ['one in an open row', [row(3, false), asked, row(4, false), shows(1)]],
    ['one in its own closed row', [row(3, true, asked, shows(1))]],
    ['one that gets its number when the dashboard is opened', [{ ...asked, id: undefined }, shows(3)]],
    ['a datasource of its own', [asked, shows(7, { datasource: { type: 'prometheus', uid: 'p' } })]],
    ['a library panel', [asked, shows(7, { libraryPanel: { uid: 'l', name: 'l' } })]],
  ])('takes %s', (_, panels) => expect(found(...panels)).toEqual([]));

  it.each<[string, object[], string]>([
    ['one that is not there', [asked, shows(7)], 'names 7, which no panel'],
    ['one by the name of old', [asked, shows(7, { datasource: '-- Dashboard --' })], 'names 7, which no panel'],
    ['itself', [asked, shows(2)], 'names itself'],
    ['none', [asked, shows(undefined)], 'names none'],
    ['one in a closed row', [row(3, true, asked), shows(1)], '"Asked" in a closed row'],
    ['one in another closed row', [row(3, true, asked), row(4, true, shows(1))], '"Asked" in a closed row'],
  ])('tells of %s', (_, panels, words) => expect(found(...panels)).toEqual([expect.stringContaining(words)]));
});
