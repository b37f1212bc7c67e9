import type { Product, Service, Stack } from '../../model/stack.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { textValue } from '../../read/values.ts';
import { hasLodger } from './hosts.ts';

/** The ports a program listens on inside its container; `written` says whether the files say so themselves. */
export interface Listening {
  readonly ports: readonly number[];
  readonly written: boolean;
}

const flags: Partial<Record<Product, RegExp>> = {
  prometheus: /^--?web\.listen-address$/,
  alertmanager: /^--?web\.listen-address$/,
  'node-exporter': /^--?web\.listen-address$/,
  cadvisor: /^--?port$/,
  loki: /^--?server\.http-listen-port$/,
  promtail: /^--?server\.http-listen-port$/,
};

const defaults: Readonly<Record<Product, readonly number[]>> = {
  prometheus: [9090],
  alertmanager: [9093],
  grafana: [3000],
  loki: [3100],
  promtail: [9080],
  'node-exporter': [9100],
  cadvisor: [8080],
};

/**
 * What a service listens on by its flags and its configuration, or else by default; undefined where the files do not
 * tell: an image of their own making, a script, a variable, a network that is shared with somebody else.
 */
export function listeningOf(stack: Stack, service: Service): Listening | undefined {
  const { product, definition, name } = service;
  if (product === undefined || definition['network_mode'] !== undefined || definition['build'] !== undefined)
    return undefined;
  if (hasLodger(stack, service)) return undefined;
  if (definition['entrypoint'] !== undefined || service.command.some(({ value }) => /[$\s]|\.sh$/.test(value)))
    return undefined;
  const own = fromFlags(service, flags[product]);
  const set = [...own, ...fromFiles(stack, product, name)];
  if (set.includes(undefined)) return undefined;
  const ports = set.filter((port) => port !== undefined);
  // What Alertmanagers tell each other goes by a port of its own.
  const others = product === 'alertmanager' ? [clusterPort(service)] : [];
  const written = ports.length > 0;
  return { ports: [...(written ? ports : defaults[product]), ...others], written };
}

function clusterPort(service: Service): number {
  return fromFlags(service, /^--?cluster\.listen-address$/)[0] ?? 9094;
}

/** `--flag=:9091` and `--flag :9091`; an address without a port that can be read is undefined. */
function fromFlags(service: Service, flag: RegExp | undefined): (number | undefined)[] {
  if (flag === undefined) return [];
  const words = service.command.map(({ value }) => value);
  return words.flatMap((word, index) => {
    const [name = '', ...rest] = word.split('=');
    if (!flag.test(name)) return [];
    return [portIn(rest.length > 0 ? rest.join('=') : (words[index + 1] ?? ''))];
  });
}

function fromFiles(stack: Stack, product: Product, name: string): (number | undefined)[] {
  if (product === 'grafana') {
    const written = stack.grafana.find((one) => one.service === name)?.settings.get('server.http_port')?.value;
    return written === undefined || written === '' ? [] : [portIn(written)];
  }
  if (product !== 'loki' && product !== 'promtail') return [];
  const config = stack[product].find((one) => one.service === name);
  const written = textValue(config?.value, 'server', 'http_listen_port');
  // Zero asks for any free port.
  return written === undefined ? [] : [portIn(written) || undefined];
}

function portIn(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  return /:\d+$/.test(text) ? splitAddress(text, 'http').port : undefined;
}
