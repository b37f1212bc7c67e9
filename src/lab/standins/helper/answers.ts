/** An answer as the real service gives it. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});
const plain = (status: number, body: string): Answer => ({ status, type: 'text/plain', body });

const answers: Readonly<Record<string, (rest: string) => Answer>> = {
  slack: () => plain(200, 'ok'),
  pagerduty: () => json(202, { status: 'success', message: 'Event processed', dedup_key: 'stand-in' }),
  opsgenie: () => json(202, { result: 'Request will be processed', took: 0.01, requestId: 'stand-in' }),
  victorops: () => json(200, { result: 'success', entity_id: 'stand-in' }),
  telegram: () =>
    json(200, { ok: true, result: { message_id: 1, date: 1, chat: { id: 1, type: 'private' }, text: '' } }),
  discord: () => plain(204, ''),
  msteams: () => plain(200, '1'),
  msteamsv2: () => plain(202, ''),
  rocketchat: () => json(200, { success: true }),
  jira: () => json(200, { id: '1', key: 'LAB-1', issues: [], total: 0, transitions: [] }),
  webex: () => json(200, { id: 'stand-in' }),
  wechat: (rest) =>
    rest.includes('gettoken')
      ? json(200, { errcode: 0, errmsg: 'ok', access_token: 'stand-in', expires_in: 7200 })
      : json(200, { errcode: 0, errmsg: 'ok' }),
  pushover: () => json(200, { status: 1, request: 'stand-in' }),
  sns: () => ({
    status: 200,
    type: 'text/xml',
    body: '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
  }),
};

/** What a receiver of this kind answers to a message it takes. */
export function answerOf(kind: string, rest: string): Answer {
  return (answers[kind] ?? (() => json(200, {})))(rest);
}

/** What any other party answers: a token where one is asked for, else an empty success. */
export function answerOfOther(path: string): Answer {
  if (!/token/.test(path)) return json(200, {});
  return json(200, { access_token: 'stand-in', token_type: 'Bearer', expires_in: 3600 });
}
