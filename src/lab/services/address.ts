import type { LabAddress } from '../../model/lab.ts';
import { defaultPorts, type Service, type Stack } from '../../model/stack.ts';

/**
 * The port a product listens on in its container: from its flags, its configuration or its documented default.
 * @throws Error for a service of no known product.
 */
export function portOf(stack: Stack, service: Service): number {
  if (service.product === undefined) throw new Error(`service "${service.name}" runs no known product`);
  return configuredPort(stack, service) ?? defaultPorts[service.product];
}

/** The base address of a service in the lab's network, with the path prefix its flags give it. */
export function baseUrl(lab: LabAddress, stack: Stack, name: string): string {
  const service = stack.services.find((one) => one.name === name);
  const running = lab.services[name];
  if (service === undefined || running === undefined) throw new Error(`service "${name}" is not in the lab`);
  return `http://${running.host}:${portOf(stack, service)}${prefixOf(stack, service)}`;
}

function configuredPort(stack: Stack, service: Service): number | undefined {
  const flag = flagOf(service, 'web.listen-address') ?? flagOf(service, 'port');
  if (flag !== undefined) return numberAfterColon(flag);
  if (service.product === 'grafana') {
    const setting = stack.grafana.find((one) => one.service === service.name)?.settings.get('server.http_port');
    return setting === undefined ? undefined : numberAfterColon(setting.value);
  }
  const config = [...stack.loki, ...stack.promtail].find((one) => one.service === service.name)?.value['server'];
  const port = typeof config === 'object' && config !== null ? Reflect.get(config, 'http_listen_port') : undefined;
  return typeof port === 'number' ? port : undefined;
}

function prefixOf(stack: Stack, service: Service): string {
  if (service.product === 'grafana') return subPathOf(stack, service);
  const prefix = flagOf(service, 'web.route-prefix') ?? pathOf(flagOf(service, 'web.external-url'));
  return prefix === undefined ? '' : `/${prefix}`.replace(/\/+/g, '/').replace(/\/$/, '');
}

/** With `serve_from_sub_path` Grafana sends whoever asks elsewhere to the path of `root_url`, which may hold `%(…)s`. */
function subPathOf(stack: Stack, service: Service): string {
  const settings = stack.grafana.find((one) => one.service === service.name)?.settings;
  if (settings?.get('server.serve_from_sub_path')?.value !== 'true') return '';
  const [, path = ''] = /^[^/]*:\/\/[^/]*(\/.*)$/.exec(settings.get('server.root_url')?.value ?? '') ?? [];
  return path.replace(/\/+$/, '');
}

/** The value of a `--flag=value` or `--flag value`, one dash or two. */
export function flagOf(service: Service, flag: string): string | undefined {
  const words = service.command.map((word) => word.value);
  for (const [index, word] of words.entries()) {
    const bare = word.replace(/^--?/, '');
    if (bare.startsWith(`${flag}=`)) return bare.slice(flag.length + 1);
    if (bare === flag) return words[index + 1];
  }
  return undefined;
}

function numberAfterColon(text: string): number | undefined {
  const digits = /(\d+)$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function pathOf(url: string | undefined): string | undefined {
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).pathname;
}
