import type { Service } from '../../model/stack.ts';
import { hostPort, isLoopback, openWhy } from './address.ts';
import type { Context } from './context.ts';
import { leadsOutside } from './outside.ts';
import { reAddressUrl } from './re-address.ts';
import { shown } from './shown.ts';

/** The command of the images' own, where a flag has to be added to none (Dockerfile of prom/alertmanager v0.26.0). */
const alertmanagerDefault = ['--config.file=/etc/alertmanager/alertmanager.yml', '--storage.path=/alertmanager'];
const listenFlags = /^--?(web\.listen-address|listen_ip)$/;
const dialledFlags = /^--?(client\.url|ruler\.alertmanager-url|storage_driver_host)$/;

/** Renders a service's command; undefined where it stays as written. */
export function renderCommand(context: Context, service: Service): readonly string[] | undefined {
  const written = service.command.map((word) => word.value);
  const note = (what: string, from: string, to: string, why: string): void => {
    context.differences.push({
      file: service.at.file,
      what: `services.${service.name}.command ${what}`,
      from,
      to,
      why,
    });
  };
  let words = written.map((word) => {
    const [flag = '', ...rest] = word.split('=');
    const value = rest.join('=');
    if (context.onHost === true && listenFlags.test(flag) && isLoopback(hostPort(value)?.host ?? '')) {
      const open = value.replace(/^(.*?)(:\d+)?$/, '0.0.0.0$2');
      note(flag, value, open, openWhy);
      return `${flag}=${open}`;
    }
    if (service.product === undefined || !dialledFlags.test(flag)) return word;
    const own = flag.endsWith('client.url') ? ('loki' as const) : ('alertmanager' as const);
    const changed = reAddressUrl(context, value, { kind: 'other', own });
    if (changed === undefined) return word;
    note(flag, shown(value), changed.to, changed.why);
    return `${flag}=${changed.to}`;
  });
  if (service.product === 'alertmanager') words = alone(context, words, note);
  return words.length === written.length && words.every((word, index) => word === written[index]) ? undefined : words;
}

/** One Alertmanager alone does not gossip: it would only wait for peers before its first message (cluster.go, "settle"). */
function alone(
  context: Context,
  words: readonly string[],
  note: (what: string, from: string, to: string, why: string) => void,
): string[] {
  const outsidePeers = words.filter((word) => {
    const peer = /^--cluster\.peer=(.*)$/.exec(word)?.[1];
    return peer !== undefined && leadsOutside(context, hostPort(peer)?.host ?? '');
  });
  for (const word of outsidePeers) note('--cluster.peer', word, '', 'the peer lies outside the stack');
  const stay = words.filter((word) => !outsidePeers.includes(word));
  if (stay.some((word) => /^--cluster\.(listen-address|peer)/.test(word))) return stay;
  note(
    '--cluster.listen-address',
    '',
    '(empty)',
    'acceleration: one Alertmanager alone need not wait for peers to settle',
  );
  return [...(stay.length === 0 ? alertmanagerDefault : stay), '--cluster.listen-address='];
}
