import type { Pointer } from '../../model/location.ts';
import type { Context } from './context.ts';
import { readdressClient } from './http-config.ts';
import { list, type Mapping, mapping, text } from './json.ts';
import { standInFor } from './outside.ts';
import { outsideWhy, reAddressUrl } from './re-address.ts';
import { smarthost } from './smtp.ts';
import type { YamlEdit } from './yaml-edit.ts';

/** How one kind of integration is addressed (https://prometheus.io/docs/alerting/0.26/configuration/#receiver). */
interface Kind {
  readonly url: string;
  /** The key of `global` that stands in for `url`, and the address built into Alertmanager. */
  readonly global?: string;
  readonly usual: string;
  /** Where the cases of a message are put, and what is there by default. */
  readonly cases?: { readonly key: string; readonly as: 'fields' | 'map' | 'text'; readonly usual?: string };
}

const kinds: Readonly<Record<string, Kind>> = {
  webhook: { url: 'url', usual: '' },
  slack: {
    url: 'api_url',
    global: 'slack_api_url',
    usual: 'https://hooks.slack.com',
    cases: { key: 'fields', as: 'fields' },
  },
  pagerduty: {
    url: 'url',
    global: 'pagerduty_url',
    usual: 'https://events.pagerduty.com',
    cases: { key: 'details', as: 'map' },
  },
  opsgenie: {
    url: 'api_url',
    global: 'opsgenie_api_url',
    usual: 'https://api.opsgenie.com',
    cases: { key: 'details', as: 'map' },
  },
  victorops: {
    url: 'api_url',
    global: 'victorops_api_url',
    usual: 'https://alert.victorops.com',
    cases: { key: 'custom_fields', as: 'map' },
  },
  telegram: {
    url: 'api_url',
    global: 'telegram_api_url',
    usual: 'https://api.telegram.org',
    cases: { key: 'message', as: 'text', usual: '{{ template "telegram.default.message" . }}' },
  },
  discord: {
    url: 'webhook_url',
    usual: 'https://discord.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "discord.default.message" . }}' },
  },
  msteams: {
    url: 'webhook_url',
    usual: 'https://webhook.office.com',
    cases: { key: 'text', as: 'text', usual: '{{ template "msteams.default.text" . }}' },
  },
  webex: {
    url: 'api_url',
    global: 'webex_api_url',
    usual: 'https://webexapis.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "webex.default.message" . }}' },
  },
  wechat: {
    url: 'api_url',
    global: 'wechat_api_url',
    usual: 'https://qyapi.weixin.qq.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "wechat.default.message" . }}' },
  },
  sns: {
    url: 'api_url',
    usual: 'https://sns.amazonaws.com',
    cases: { key: 'message', as: 'text', usual: '{{ template "sns.default.message" . }}' },
  },
};

/** The template that lists the cases of a message. */
const casesTemplate = '{{ range .Alerts }}{{ .Labels.stackproof_case }} {{ end }}';
const casesWhy = 'the message names the cases it is about, so that each arrival can be told apart';

/** Re-addresses every integration of every receiver whose destination is no service of the stack. */
export function renderReceivers(
  context: Context,
  edit: YamlEdit,
  receivers: readonly unknown[],
  global: Mapping,
): void {
  for (const [position, receiver] of receivers.entries()) {
    const parts = mapping(receiver) ?? {};
    const name = text(parts['name']) ?? '';
    for (const [key, integrations] of Object.entries(parts)) {
      if (!key.endsWith('_configs')) continue;
      const kind = key.slice(0, -'_configs'.length);
      for (const [index, integration] of list(integrations).entries()) {
        const one: Integration = {
          at: ['receivers', position, key, index],
          name,
          kind,
          index,
          value: mapping(integration) ?? {},
        };
        if (kind === 'email') renderEmail(context, edit, one, global);
        else if (kinds[kind] !== undefined) renderHttp(context, edit, one, kinds[kind], global);
      }
    }
    replaceFixed(context, edit, position, name, parts);
  }
}

interface Integration {
  readonly at: Pointer;
  readonly name: string;
  readonly kind: string;
  readonly index: number;
  readonly value: Mapping;
}

function renderEmail(context: Context, edit: YamlEdit, one: Integration, global: Mapping): void {
  const mail = smarthost(context, text(one.value['smarthost']) ?? text(global['smtp_smarthost']));
  if (mail === undefined) return;
  edit.set([...one.at, 'smarthost'], mail.to, mail.why);
  edit.set([...one.at, 'tls_config', 'insecure_skip_verify'], true, "the stand-in's certificate is made for the run");
  const marks = { 'X-Stackproof-Receiver': pathOf(one), 'X-Stackproof-Cases': casesTemplate };
  for (const [header, value] of Object.entries(marks)) edit.set([...one.at, 'headers', header], value, casesWhy);
}

function renderHttp(context: Context, edit: YamlEdit, one: Integration, kind: Kind, global: Mapping): void {
  const fromFile = text(one.value[`${kind.url}_file`]);
  const inherited = kind.global === undefined ? undefined : text(global[kind.global]);
  const written = text(one.value[kind.url]) ?? (fromFile === undefined ? inherited : undefined) ?? kind.usual;
  const path = `/receiver/${pathOf(one)}`;
  // A URL from a file, or one that no URL parser takes (`${SLACK_URL}` is never expanded), still leads out.
  const changed =
    reAddressUrl(context, written, {
      kind: 'webhook',
      path: `${path}${one.kind === 'opsgenie' || one.kind === 'victorops' ? '/' : ''}`,
    }) ?? unknownUrl(context, written, fromFile, path);
  if (changed === undefined) return;
  edit.set([...one.at, kind.url], changed.to, changed.why);
  edit.drop([...one.at, `${kind.url}_file`], outsideWhy);
  const client = mapping(one.value['http_config']);
  if (client !== undefined) readdressClient(context, edit, [...one.at, 'http_config'], client, true);
  if (kind.cases !== undefined) addCases(edit, one, kind.cases);
}

function unknownUrl(
  context: Context,
  written: string,
  file: string | undefined,
  path: string,
): { to: string; why: string } | undefined {
  if (file === undefined) return undefined;
  const address = standInFor(context.outside, {
    kind: 'webhook',
    host: `file-${file.split('/').at(-1) ?? 'url'}`,
    port: 443,
  });
  return {
    to: `http://${address}${path}`,
    why: `the URL is read from a file${written === '' ? '' : ', not from here'}: a stand-in answers in the lab`,
  };
}

function addCases(edit: YamlEdit, one: Integration, cases: NonNullable<Kind['cases']>): void {
  const at = [...one.at, cases.key];
  const now = one.value[cases.key];
  if (cases.as === 'text') edit.set(at, `${text(now) ?? cases.usual ?? ''}\n${casesTemplate}`, casesWhy);
  else if (cases.as === 'map') edit.set([...at, 'stackproof_cases'], casesTemplate, casesWhy);
  else edit.set(at, [...list(now), { title: 'stackproof_cases', value: casesTemplate }], casesWhy);
}

/** Pushover's address is built into Alertmanager 0.26: such an integration is played by a webhook. */
function replaceFixed(context: Context, edit: YamlEdit, position: number, name: string, receiver: Mapping): void {
  const fixed = list(receiver['pushover_configs']);
  if (fixed.length === 0) return;
  const address = standInFor(context.outside, { kind: 'webhook', host: 'api.pushover.net', port: 443 });
  const hooks = fixed.map((integration, index) => ({
    url: `http://${address}/receiver/${pathOf({ name, kind: 'pushover', index })}`,
    send_resolved: mapping(integration)?.['send_resolved'] ?? true,
  }));
  const why = 'the address of this integration is built into Alertmanager: a webhook takes its place';
  const now = list(mapping(list(mapping(edit.value())?.['receivers'])[position])?.['webhook_configs']);
  edit.set(['receivers', position, 'webhook_configs'], [...now, ...hooks], why);
  edit.drop(['receivers', position, 'pushover_configs'], why);
}

function pathOf(one: Pick<Integration, 'name' | 'kind' | 'index'>): string {
  return `${encodeURIComponent(one.name)}/${one.kind}/${one.index}`;
}
