import type { FindingDraft } from '../../model/finding.ts';
import type { Port, Service } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

/**
 * A published port without an address is open on every interface, past the firewall of many hosts
 * (https://docs.docker.com/engine/network/port-publishing/). That is a warning where the program lets anybody change what
 * it does without a password, and is told of everything else.
 */
export const exposedPort = defineRule({
  id: 'compose/exposed-port',
  severity: 'warning',
  over: 'service',
  claim: 'No port of a monitoring product is published on all interfaces.',
  check: (service) => {
    const open = service.product === undefined ? [] : service.ports.filter(isOpen);
    const [first] = open;
    if (first === undefined) return [];
    const ports = open.map((port) => String(port.host ?? port.container));
    const harm = harmOf(service);
    const follows = harm ?? 'so whoever reaches the host reaches it';
    const draft: FindingDraft = {
      at: first.at,
      message: `Service "${service.name}" is published on all interfaces (port ${quoteAll(ports)}), ${follows}`,
      hint: 'Put an address before the port, such as 127.0.0.1, and let a proxy in front ask for a password',
      facts: { service: service.name, ports },
    };
    return [harm === undefined ? { ...draft, severity: 'info' } : draft];
  },
});

function isOpen({ address }: Port): boolean {
  return address === undefined || address === '0.0.0.0' || address === '::';
}

function harmOf(service: Service): string | undefined {
  const guarded = flagValue(service, 'web.config.file') !== undefined;
  // What a Prometheus lets anybody do is said by a rule of its own.
  return service.product === 'alertmanager' && !guarded
    ? 'so whoever reaches the host can silence every alert'
    : undefined;
}
