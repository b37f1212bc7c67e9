import { flagValue } from '../../read/flags.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

const powers: Readonly<Record<string, string>> = {
  'web.enable-admin-api': 'delete series',
  'web.enable-lifecycle': 'stop Prometheus',
  'web.enable-remote-write-receiver': 'write series',
};

/** The API has no password of its own (https://prometheus.io/docs/operating/security/#prometheus). */
export const exposedAdmin = defineRule({
  id: 'prometheus/exposed-admin',
  severity: 'warning',
  over: 'service',
  claim: 'A Prometheus whose API can change or stop it is published on this machine alone, or asks for a password.',
  check: (service) => {
    if (service.product !== 'prometheus' || flagValue(service, 'web.config.file') !== undefined) return [];
    const open = service.ports.find(
      ({ address, protocol }) => !/^(?:127\.|\[?::1|localhost)/.test(address ?? '') && protocol !== 'udp',
    );
    const given = Object.keys(powers).flatMap((name) => {
      const found = flagValue(service, name);
      return found === undefined ? [] : [{ name, at: found.at }];
    });
    const [first] = given;
    if (open === undefined || first === undefined) return [];
    const may = given.map(({ name }) => powers[name]);
    return [
      {
        at: first.at,
        message: `${quoteAll(given.map(({ name }) => `--${name}`))} and a port on every interface: whoever reaches "${service.name}" may ${may.join(' and ')}`,
        related: [{ at: open.at, note: 'the port' }],
        hint: 'Publish the port on 127.0.0.1, set "--web.config.file", or take the flag away',
        facts: { service: service.name },
      },
    ];
  },
});
