import type { FindingDraft } from '../../model/finding.ts';
import { isMapping, listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeIn } from '../support/places.ts';

/** Capabilities that lead out of the container, or past every permission. */
const powerful = new Set([
  'ALL',
  'BPF',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'NET_ADMIN',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
]);
const lists = ['cap_add', 'devices', 'security_opt'] as const;

/** https://man7.org/linux/man-pages/man7/capabilities.7.html, https://docs.docker.com/engine/security/seccomp/ */
export const powerfulCapability = defineRule({
  id: 'compose/powerful-capability',
  severity: 'warning',
  over: 'service',
  claim: 'No service has a capability, a device or an option that leads out of its container.',
  check: (service): FindingDraft[] =>
    lists.flatMap((list) =>
      listAt(service.definition, list).flatMap((entry, index): FindingDraft[] => {
        const text = isMapping(entry) ? (textValue(entry, 'source') ?? '') : (textValue(entry) ?? '');
        const what = gives(list, text);
        if (what === undefined) return [];
        return [
          {
            at: placeIn(service, list, index),
            message: `Service "${service.name}" has ${what}, so whoever gets into it comes out of the container`,
            hint: 'Give it what its program needs and no more',
            facts: { service: service.name, option: list, value: text },
          },
        ];
      }),
    ),
});

function gives(list: (typeof lists)[number], text: string): string | undefined {
  if (list === 'cap_add') {
    const name = text.toUpperCase().replace(/^CAP_/, '');
    return powerful.has(name) ? `the capability "${name}"` : undefined;
  }
  if (list === 'devices') {
    const device = text.split(':')[0] ?? '';
    return /^\/dev(?:\/(?:mem|kmem|port|sd[a-z]\d*|nvme\w+|vd[a-z]\d*|dm-\d+|mapper.*))?\/?$/.test(device)
      ? `the device "${device}"`
      : undefined;
  }
  return /^(?:seccomp|apparmor)[:=]unconfined$|^label[:=]disable$/.test(text) ? `the option "${text}"` : undefined;
}
