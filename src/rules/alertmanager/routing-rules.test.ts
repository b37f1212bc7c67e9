import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, told } from '../test-support.ts';
import { placeholderAddress } from './placeholder-address.ts';
import { repeatUnderGroup } from './repeat-under-group.ts';
import { selfMuting } from './self-muting.ts';
import { unreachableRoute } from './unreachable-route.ts';

const files = (text: string): Record<string, string> => ({
  'compose.yml': composeOf({ alertmanager }),
  'alertmanager.yml': text,
});
const routes = (...all: string[]): Record<string, string> =>
  files(`route:\n  receiver: r\n  routes:\n${all.map((one) => `    - {receiver: x, ${one}}\n`).join('')}`);

describe('alertmanager/unreachable-route', () => {
  it.each([
    ['other values', 'matchers: [a=b]', 'matchers: [a=c]'],
    ['another label', 'matchers: [a=b]', 'matchers: [b=c]'],
    ['a narrower one before', 'matchers: [a=b, c=d]', 'matchers: [a=b]'],
    ['continue', 'continue: true', 'matchers: [a=c]'],
    ['an expression that takes some', 'matchers: ["a=~b|c"]', 'matchers: ["a=~b|d"]'],
    ['an expression that is more than words', 'matchers: ["a=~b.*"]', 'matchers: ["a=~b.+"]'],
    ['a matcher that cannot be read', 'matchers: [nonsense]', 'matchers: [a=b]'],
  ])('is silent about %s', (_, one, two) => {
    expect(told(unreachableRoute, routes(one, two))).toEqual([]);
  });

  it.each([
    ['the same', 'matchers: [a=b]', 'match: {a: b}'],
    ['one without matchers before', 'group_by: [a]', 'matchers: [a=c]'],
    ['a wider expression before', 'match_re: {a: b|c}', 'matchers: [a=b, d=e]'],
    ['a list within a list', 'matchers: ["a=~b|c|d"]', 'matchers: ["a=~(b|c)"]'],
    ['what is not that', 'matchers: ["a!=b"]', 'matchers: [a=c]'],
  ])('finds %s', (_, one, two) => {
    expect(told(unreachableRoute, routes(one, two))).toEqual([expect.stringMatching(/^warning alertmanager.yml:5 /)]);
  });

  it('knows what the routes above ask for', () => {
    const inner = 'matchers: [a=b], routes: [{receiver: y, matchers: ["a=~b|c"]}, {receiver: z, matchers: [d=e]}]';
    expect(told(unreachableRoute, routes(inner))).toEqual([
      'warning alertmanager.yml:4 The route to "z" stands behind one to "y" that takes all its alerts, so it never gets one',
    ]);
  });
});

describe('alertmanager/self-muting', () => {
  it.each([
    ['source_matchers: [a=b, c=d], target_matchers: [c=d, a=b]', 1],
    ['source_match: {a: b}, target_matchers: [a=b], equal: [x]', 1],
    ['source_matchers: [a=b], target_matchers: [a=c]', 0],
    ['source_matchers: [a=b], target_matchers: [a=b, c=d]', 0],
    ['source_matchers: [nonsense], target_matchers: [nonsense]', 0],
  ])('reads %s', (rule, count) => {
    expect(told(selfMuting, files(`inhibit_rules: [{${rule}}]\n`))).toHaveLength(count);
  });
});

describe('alertmanager/repeat-under-group', () => {
  it.each([
    ['route: {receiver: r}', 0],
    ['route: {receiver: r, repeat_interval: 5m}', 0],
    ['route: {receiver: r, repeat_interval: 1m}', 1],
    ['route: {receiver: r, group_interval: 5h}', 1],
    ['route: {receiver: r, group_interval: 1h, routes: [{receiver: a, repeat_interval: 30m}, {receiver: b}]}', 1],
    ['route: {receiver: r, group_interval: soon, repeat_interval: 1m}', 0],
  ])('reads %s', (text, count) => {
    expect(told(repeatUnderGroup, files(text))).toHaveLength(count);
  });
});

describe('alertmanager/placeholder-address', () => {
  const check = (entry: string): string[] => told(placeholderAddress, files(`receivers: [{name: r, ${entry}}]\n`));

  it.each([
    'email_configs: [{to: "ops@orchard.test"}]',
    'email_configs: [{to: "Operations <ops@orchard.test>"}]',
    'email_configs: [{to: "ops@example.com.orchard.test"}]',
    'email_configs: [{to: "ops@my-example.community"}]',
    'webhook_configs: [{url: "http://hooks:8080/changes"}]',
    'slack_configs: [{channel: "{{ .CommonLabels.your_team }}"}]',
    'webhook_configs: [{url_file: /run/secrets/url}]',
  ])('is silent about %s', (entry) => {
    expect(check(entry)).toEqual([]);
  });

  it.each([
    ['email_configs: [{to: "ops@example.com"}]', '"to" of receiver "r" is at "example.com"'],
    ['email_configs: [{to: "a@b.test, ops@mail.example.org"}]', 'at "mail.example.org"'],
    ['webhook_configs: [{url: "https://hooks.example.com/x"}]', 'at "hooks.example.com"'],
    ['slack_configs: [{api_url: "https://hooks.slack.com/services/XXX/YYY"}]', 'is a word to be replaced'],
    ['pagerduty_configs: [{routing_key: "<integration key>"}]', 'is a word to be replaced'],
    ['pagerduty_configs: [{service_key: CHANGE_ME}]', 'is a word to be replaced'],
    ['slack_configs: [{channel: "#your-channel"}]', 'is a word to be replaced'],
  ])('finds %s', (entry, expected) => {
    expect(check(entry)).toEqual([expect.stringContaining(expected)]);
  });
});
