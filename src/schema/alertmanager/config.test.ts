import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOf } from '../problems.ts';
import { alertmanagerConfig } from './config.ts';

const whole = (receiver: string, more = ''): unknown =>
  parse(`route: {receiver: r}\nreceivers: [{name: r, ${receiver}}]\n${more}`);
const said = (value: unknown): string[] => problemsOf(alertmanagerConfig, value).map(({ message }) => message);
const ofReceiver = (receiver: string, more = ''): string[] => said(whole(receiver, more));

describe('receivers', () => {
  it.each([
    ['webhook_configs: [{url: "http://h/x"}]', ''],
    ['webhook_configs: [{url_file: /a}]', ''],
    ['slack_configs: [{channel: a}]', 'global: {slack_api_url_file: /a}'],
    ['slack_configs: [{api_url: <secret>}]', ''],
    ['email_configs: [{to: a, from: b, smarthost: ":25"}]', ''],
    ['pagerduty_configs: [{service_key_file: /a}]', ''],
    ['webex_configs: [{room_id: a, http_config: {bearer_token: b}}]', ''],
    ['telegram_configs: [{bot_token: a, chat_id: -5, parse_mode: ""}]', ''],
    ['opsgenie_configs: [{api_key: a, responders: [{name: x, type: Team}, {id: y, type: "{{ .Status }}"}]}]', ''],
    ['pushover_configs: [{user_key: a, token: b, retry: 1m30s}]', ''],
    ['sns_configs: [{topic_arn: a, target_arn: b, phone_number: c}]', ''],
  ])('takes %s', (receiver, more) => {
    expect(ofReceiver(receiver, more)).toEqual([]);
  });

  it.each([
    ['webhook_configs: [{}]', 'has no "url" and no "url_file"'],
    ['webhook_configs: [null]', 'is empty'],
    ['webhook_configs: [{url: <secret>}]', 'is no URL'],
    ['webhook_configs: [{url: "http://h", url_file: /a}]', 'stands beside'],
    ['webhook_configs: [{url: "http://h", max_alerts: -1}]', 'not between'],
    ['slack_configs: [{channel: a}]', 'has no "api_url" or "api_url_file", and the global part no'],
    ['slack_configs: [{api_url: "http://h", actions: [{type: a, text: b}]}]', 'has no "name" and no "url"'],
    ['email_configs: [{to: a, from: b}]', 'has no "smarthost"'],
    ['email_configs: [{to: a, from: b, smarthost: mail}]', 'no address with a port'],
    ['email_configs: [{to: a, from: b, smarthost: "m:1", headers: {subject: a, Subject: b}}]', 'twice but for case'],
    ['pagerduty_configs: [{}]', 'has no "routing_key"'],
    ['webex_configs: [{room_id: a}]', 'no "authorization"'],
    ['telegram_configs: [{bot_token: a, chat_id: 0}]', 'has no "chat_id"'],
    ['telegram_configs: [{bot_token: a, chat_id: 1, parse_mode: html}]', 'none of'],
    ['opsgenie_configs: [{api_key: a, responders: [{name: x, type: squad}]}]', 'none of team'],
    [
      'victorops_configs: [{api_key: a, routing_key: b, custom_fields: {entity_id: c}}]',
      'a field that every message has',
    ],
    ['wechat_configs: [{api_secret: a, corp_id: b, message_type: image}]', 'none of'],
    ['pushover_configs: [{user_key: a, token: b, retry: 1d}]', 'no duration'],
    ['sns_configs: [{topic_arn: a, target_arn: b}]', 'stands beside'],
    ['sns_configs: [{topic_arn: a, sigv4: {access_key: b}}]', 'has only one of'],
    ['discord_configs: [{title: a}]', 'has no "webhook_url"'],
    ['webhook_configs: [{url: "http://h", http_config: {basic_auth: {}, bearer_token: a}}]', 'stands beside'],
  ])('refuses %s', (receiver, words) => {
    expect(ofReceiver(receiver)).toEqual([expect.stringContaining(words)]);
  });

  it('keeps the address of a webhook to itself', () => {
    expect(ofReceiver('slack_configs: [{api_url: "ftp://secret/x"}]')).toEqual([
      '"api_url" is no URL with http or https',
    ]);
  });

  it('needs the address that the global part takes away', () => {
    const more = 'global: {pagerduty_url: null}';
    expect(ofReceiver('pagerduty_configs: [{routing_key: a}]', more)).toEqual([
      expect.stringContaining('has no "url"'),
    ]);
  });
});

describe('the route tree', () => {
  it.each([
    ['{receiver: r, matchers: [a=b]}', 'stands at the root'],
    ['{receiver: r, continue: true}', 'stands at the root'],
    ['{group_by: [a]}', 'names no receiver'],
    ['{receiver: r, group_by: [a, a]}', 'twice'],
    ['{receiver: r, group_by: [a, "..."]}', 'groups by every label'],
    ['{receiver: r, group_by: [a-b]}', 'no name of a label'],
    ['{receiver: r, group_interval: 0s}', 'not allowed'],
    ['{receiver: r, routes: [{match_re: {a: "("}}]}', 'no regular expression'],
    ['{receiver: r, routes: [{match: {1a: b}}]}', 'no name of a label'],
    ['{receiver: r, routes: [{matchers: a=b}]}', 'where a list is read'],
    ['{receiver: r, routes: [{mute_time_intervals: [night]}]}', 'which is defined nowhere'],
    ['{receiver: r, routes: [null]}', 'is empty'],
    ['{receiver: r, routes: [{match_re: {a: }}]}', 'no regular expression'],
  ])('refuses %s', (route, words) => {
    expect(said(parse(`route: ${route}\nreceivers: [{name: r}]\n`))).toEqual([expect.stringContaining(words)]);
  });

  it.each(['{receiver: r, group_wait: 0s, matchers: []}', '{receiver: r, group_by: ["..."], continue: false}'])(
    'takes %s',
    (route) => {
      expect(said(parse(`route: ${route}\nreceivers: [{name: r}]\n`))).toEqual([]);
    },
  );
});

describe('time intervals', () => {
  const interval = (entry: string): string[] =>
    ofReceiver('webhook_configs: []', `time_intervals: [{name: a, time_intervals: [${entry}]}]`);

  it.each([
    "{weekdays: ['monday:Friday', sunday], months: [1, 'march:12'], years: ['2024:2030', 2031]}",
    "{days_of_month: ['1:5', '-5:-1', '20:-1'], location: Europe/Berlin}",
    "{times: [{start_time: '00:00', end_time: '24:00'}], location: Local}",
  ])('takes %s', (entry) => {
    expect(interval(entry)).toEqual([]);
  });

  it.each([
    "{weekdays: ['friday:monday']}",
    '{weekdays: [someday]}',
    "{days_of_month: ['0']}",
    "{days_of_month: ['-1:1']}",
    "{days_of_month: ['5:1']}",
    "{months: ['june:may']}",
    "{years: ['2030:2020']}",
    "{times: [{start_time: '9:00', end_time: '10:00'}]}",
    "{times: [{start_time: '10:00', end_time: '09:00'}]}",
    "{times: [{start_time: '10:00'}]}",
    '{location: Mars/Olympus}',
    "{location: '+01:00'}",
  ])('refuses %s', (entry) => {
    expect(interval(entry)).toHaveLength(1);
  });

  it('has each name once over both lists', () => {
    const lists = 'mute_time_intervals: [{name: a}]\ntime_intervals: [{name: a}]';
    expect(ofReceiver('webhook_configs: []', lists)).toEqual([expect.stringContaining('before it too')]);
  });
});
