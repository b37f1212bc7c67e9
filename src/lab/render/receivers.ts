import type { Pointer } from '../../model/location.ts';
import { cutUrl, defaultPort, isLoopback } from './address.ts';
import type { Context } from './context.ts';
import { readdressClient } from './http-config.ts';
import { list, type Mapping, mapping, text } from './json.ts';
import { forwardTo, standInFor } from './outside.ts';
import { listenerOnHost } from './products.ts';
import { outsideWhy, reAddressUrl } from './re-address.ts';
import { type Kind, kindOf, type PutCases } from './receiver-kinds.ts';
import { innerSmarthost, smarthost } from './smtp.ts';
import type { YamlEdit } from './yaml-edit.ts';

/**
 * The template that lists the alerts of a message, each with its state: a posted one by its case, any other by its
 * fingerprint (https://prometheus.io/docs/alerting/0.26/notifications/#alert).
 */
const casesTemplate = '{{ range .Alerts }}{{ or .Labels.stackproof_case .Fingerprint }}.{{ .Status }} {{ end }}';
const passedOnWhy = 'the helper takes the message down, passes it on and gives the answer of the destination';
/** Keys that hold the address in kinds of integration that are not described here. */
const addressKeys = ['url', 'api_url', 'webhook_url'];
const casesWhy = 'the message names the cases it is about, so that each arrival can be told apart';

/**
 * Re-addresses every integration of every receiver: to a stand-in where its destination is no service of the stack, else
 * to the helper, which passes the message on.
 */
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
        else if (kind !== 'pushover') renderHttp(context, edit, one, kindOf(kind), global);
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
  const address = text(one.value['smarthost']) ?? text(global['smtp_smarthost']);
  const mail = smarthost(context, address) ?? innerSmarthost(context, address);
  if (mail === undefined) return;
  edit.set([...one.at, 'smarthost'], mail.to, mail.why);
  edit.set([...one.at, 'tls_config', 'insecure_skip_verify'], true, "the stand-in's certificate is made for the run");
  const marks = { 'X-Stackproof-Receiver': pathOf(one), 'X-Stackproof-Cases': casesTemplate };
  for (const [header, value] of Object.entries(marks)) edit.set([...one.at, 'headers', header], value, casesWhy);
}

function renderHttp(context: Context, edit: YamlEdit, one: Integration, kind: Kind | undefined, global: Mapping): void {
  const key = kind?.url ?? addressKeys.find((name) => text(one.value[name]) !== undefined);
  const unseen = (why: string): void => {
    const { name, kind: of, index } = one;
    context.outside.unseen.push({ receiver: name, kind: of, index, why });
  };
  if (kind === undefined || one.value['payload'] !== undefined) unseen('its message does not say which alerts it has');
  if (key === undefined) return;
  const fromFile = text(one.value[`${key}_file`]);
  const inherited = kind?.global === undefined ? undefined : text(global[kind.global]);
  const written = text(one.value[key]) ?? (fromFile === undefined ? inherited : undefined) ?? kind?.usual ?? '';
  const path = `/receiver/${pathOf(one)}`;
  const whole = `${path}${one.kind === 'opsgenie' || one.kind === 'victorops' ? '/' : ''}`;
  // A URL from a file, or one that no URL parser takes (`${SLACK_URL}` is never expanded), still leads out.
  const neighbour = neighbourOf(context, written);
  const outside =
    neighbour !== undefined
      ? undefined
      : (reAddressUrl(context, written, { kind: 'webhook', path: whole }) ??
        unknownUrl(context, written, fromFile, path));
  const changed = outside ?? passedOn(context, neighbour ?? written, path, unseen);
  if (changed === undefined) return;
  edit.set([...one.at, key], changed.to, changed.why);
  edit.drop([...one.at, `${key}_file`], outsideWhy);
  edit.drop([...one.at, 'max_alerts'], casesWhy);
  const client = mapping(one.value['http_config']);
  if (client !== undefined) readdressClient(context, edit, [...one.at, 'http_config'], client, outside !== undefined);
  if (kind !== undefined && kind.cases !== 'in the message') addCases(edit, one, kind.cases);
}

/** A destination at the loopback of the host that is a service of the stack. */
function neighbourOf(context: Context, url: string): string | undefined {
  const cut = cutUrl(url);
  if (cut === undefined || !isLoopback(cut.host) || context.onHost !== true) return undefined;
  const to = listenerOnHost(context, cut.port ?? defaultPort(cut.scheme));
  return to === undefined ? undefined : `${cut.scheme}://${to}${cut.rest}`;
}

/** A destination inside the stack is asked by the helper, so that what arrives there is seen. */
function passedOn(
  context: Context,
  written: string,
  path: string,
  unseen: (why: string) => void,
): { to: string; why: string } | undefined {
  const cut = cutUrl(written);
  if (cut === undefined) return undefined;
  if (isLoopback(cut.host)) {
    unseen(`"${cut.host}" is the container itself, where the lab sees nothing arrive`);
    return undefined;
  }
  if (cut.scheme !== 'http') {
    unseen(
      `"${cut.host}" is a service of the stack that is spoken to by ${cut.scheme}, where the lab sees nothing arrive`,
    );
    return undefined;
  }
  return { to: forwardTo(context.outside, path, written.trim()), why: passedOnWhy };
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

/** Ahead of a text, for what is too long is cut at its end. */
function addCases(edit: YamlEdit, one: Integration, cases: PutCases): void {
  const at = [...one.at, cases.key];
  const now = one.value[cases.key];
  if (cases.as === 'text') edit.set(at, `${casesTemplate}\n${text(now) ?? cases.usual ?? ''}`, casesWhy);
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
