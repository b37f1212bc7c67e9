import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig } from '../../model/grafana.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isAtMost } from '../support/versions.ts';
import { type Entry, entriesOf, itemsOf, orgOf, placeIn, serviceOf } from './around.ts';

/** Seconds between two looks of the scheduler. */
const tick = 10;
const noData = ['NoData', 'OK', 'Alerting'];
const failed = ['Alerting', 'Error', 'OK'];

/**
 * Alert rules are read before Grafana serves, and one that lacks a part ends it
 * (https://grafana.com/docs/grafana/v10.2/alerting/set-up/provision-alerting-resources/file-provisioning/).
 */
export const rejectedAlert = defineRule({
  id: 'grafana/rejected-alert',
  severity: 'error',
  over: 'grafana',
  claim: 'Every alert rule of Grafana is one that it accepts.',
  check: (grafana, { stack }) => {
    const service = serviceOf(stack, grafana);
    const needsFor = isAtMost(service, 11, 3);
    return [
      ...entriesOf(grafana, 'alerting', 'groups').flatMap((group) => [
        ...groupProblems(group),
        ...itemsOf(group.at, group.value, 'rules').flatMap((rule) =>
          ruleProblems(rule, needsFor, isAtMost(service, 10, 2)),
        ),
      ]),
      ...twice(grafana),
    ];
  },
});

function groupProblems(group: Entry): FindingDraft[] {
  const name = textValue(group.value, 'name') ?? '';
  const found = ['name', 'folder', 'interval'].filter((key) => (textValue(group.value, key) ?? '').trim() === '');
  const interval = textValue(group.value, 'interval') ?? '';
  const seconds = durationSeconds(interval);
  const missing = found.map((key) =>
    draft(placeIn(group, key), `Group "${name}"`, `has no "${key}"`, `Write "${key}"`),
  );
  if (interval === '' || interval.includes('$')) return missing;
  const at = placeIn(group, 'interval');
  if (seconds === undefined)
    return [
      ...missing,
      draft(at, `Group "${name}"`, `has the interval "${interval}", which is no duration`, 'Write one such as 1m'),
    ];
  if (seconds > 0 && seconds % tick === 0) return missing;
  const what = `has the interval "${interval}", which is no multiple of ${tick} seconds`;
  return [...missing, draft(at, `Group "${name}"`, what, `Write a multiple of ${tick}s`)];
}

function ruleProblems(rule: Entry, needsFor: boolean, pinned: boolean): FindingDraft[] {
  const { value } = rule;
  const name = `Alert "${textValue(value, 'title') ?? ''}"`;
  const needed = ['uid', 'title', 'condition', ...(needsFor ? ['for'] : [])];
  const found = needed
    .filter((key) => (textValue(value, key) ?? '').trim() === '')
    .map((key) =>
      draft(placeIn(rule, key), name, `has no "${key}"`, key === 'for' ? 'Write "for: 0s"' : `Write "${key}"`),
    );
  if (listAt(value, 'data').length === 0)
    found.push(draft(placeIn(rule, 'data'), name, 'has no "data"', 'Write its queries'));
  const wait = textValue(value, 'for') ?? '';
  if (wait !== '' && !/[${]/.test(wait) && durationSeconds(wait) === undefined)
    found.push(draft(placeIn(rule, 'for'), name, `has "for: ${wait}", which is no duration`, 'Write one such as 5m'));
  const uid = textValue(value, 'uid') ?? '';
  if (uid.length > 40 || /[^\w$-]/.test(uid.replace(/[${}]/g, '')))
    found.push(
      draft(
        placeIn(rule, 'uid'),
        name,
        `has the uid "${uid}", and a uid has at most 40 letters, digits, dashes and underscores`,
        'Write a shorter one',
      ),
    );
  // Later versions know more states.
  const states: readonly (readonly [key: string, words: readonly string[]])[] = [
    ['noDataState', pinned ? noData : [...noData, 'KeepLast']],
    ['execErrState', pinned ? failed : [...failed, 'KeepLast']],
  ];
  for (const [key, words] of states) {
    const written = (textValue(value, key) ?? '').trim();
    if (written === '' || written.includes('$') || words.includes(written)) continue;
    found.push(
      draft(
        placeIn(rule, key),
        name,
        `has the ${key} "${written}", which Grafana does not know`,
        `Write one of ${words.join(', ')}`,
      ),
    );
  }
  return found;
}

/** A uid is there once in a Grafana, and a title once in a folder of it. */
function twice(grafana: GrafanaConfig): FindingDraft[] {
  const first = new Map<string, Entry>();
  const groups = entriesOf(grafana, 'alerting', 'groups');
  return groups.flatMap((group) =>
    itemsOf(group.at, group.value, 'rules').flatMap((rule): FindingDraft[] =>
      ['uid', 'title'].flatMap((key): FindingDraft[] => {
        const text = textValue(rule.value, key) ?? '';
        if (text === '' || text.includes('$')) return [];
        const folder = key === 'title' ? (textValue(group.value, 'folder') ?? '') : '';
        const id = JSON.stringify([key, orgOf(group), folder, text]);
        const before = first.get(id);
        if (before === undefined) first.set(id, rule);
        if (before === undefined) return [];
        const related = [{ at: placeIn(before, key), note: `the first with this ${key}` }];
        const name = `Alert "${textValue(rule.value, 'title') ?? ''}"`;
        if (key === 'title')
          return [
            {
              ...draft(
                placeIn(rule, key),
                name,
                `has the title of another alert of the folder "${folder}"`,
                'Give it another',
              ),
              related,
            },
          ];
        const message = `${name} has the uid "${text}" of another alert, so it takes the place of that one`;
        return [{ at: placeIn(rule, key), severity: 'warning', message, related, hint: 'Give it another' }];
      }),
    ),
  );
}

function draft(at: Entry['at'], name: string, what: string, hint: string): FindingDraft {
  return { at, message: `${name} ${what}, so Grafana ends as it starts`, hint };
}
