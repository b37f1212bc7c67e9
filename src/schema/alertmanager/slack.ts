import { has, noNulls, oneNeeded } from '../facts.ts';
import { text, truth } from '../scalars.ts';
import { list, type RecordFault, record, type Shape } from '../shape.ts';
import { secretUrl } from './values.ts';

const confirm = record(
  'a confirmation',
  { text: text(), title: text(), ok_text: text(), dismiss_text: text() },
  { check: (value) => oneNeeded(value, 'text') },
);

const action = record(
  'an action',
  { type: text(), text: text(), url: text(), style: text(), name: text(), value: text(), confirm },
  {
    check: (value): RecordFault[] => [
      ...oneNeeded(value, 'type'),
      ...oneNeeded(value, 'text'),
      ...(has(value, 'url') ? [] : oneNeeded(value, 'name', 'url')),
    ],
  },
);

const field = record(
  'a field',
  { title: text(), value: text(), short: truth },
  { check: (value) => [...oneNeeded(value, 'title'), ...oneNeeded(value, 'value')] },
);

/** The keys of a Slack integration (https://prometheus.io/docs/alerting/0.26/configuration/#slack_config). */
export const slackKeys: Readonly<Record<string, Shape>> = {
  api_url: secretUrl,
  api_url_file: text(),
  channel: text(),
  username: text(),
  color: text(),
  title: text(),
  title_link: text(),
  pretext: text(),
  text: text(),
  fields: list(field, noNulls),
  short_fields: truth,
  footer: text(),
  fallback: text(),
  callback_id: text(),
  icon_emoji: text(),
  icon_url: text(),
  image_url: text(),
  thumb_url: text(),
  link_names: truth,
  mrkdwn_in: list(text()),
  actions: list(action, noNulls),
};
