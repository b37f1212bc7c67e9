import { isIP } from 'node:net';
import type { FindingDraft } from '../../model/finding.ts';
import { isMapping, listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeIn } from '../support/places.ts';
import { isFilledIn } from './undeclared.ts';

/**
 * `Invalid hostPort`, `Invalid containerPort`, `Invalid ip address`, `Invalid ranges specified`: compose reads
 * `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]` (https://docs.docker.com/reference/compose-file/services/#ports).
 */
export const invalidPort = defineRule({
  id: 'compose/invalid-port',
  severity: 'error',
  over: 'service',
  claim: 'Every published port is one that compose can read.',
  check: (service, { stack }) =>
    listAt(service.definition, 'ports').flatMap((entry, index): FindingDraft[] => {
      const at = placeIn(service, 'ports', index);
      const wrong = isMapping(entry) ? wrongLong(entry) : wrongShort(textValue(entry) ?? '');
      if (wrong === undefined || isFilledIn(stack, at)) return [];
      return [
        {
          at,
          message: `Service "${service.name}" publishes ${wrong}, so compose refuses the file`,
          hint: 'Write ADDRESS:HOST:CONTAINER with ports from 1 to 65535',
          facts: { service: service.name },
        },
      ];
    }),
});

function wrongShort(text: string): string | undefined {
  if (text === '') return '"", which names no port';
  const [body = '', protocol = 'tcp'] = text.split('/');
  if (!/^(?:tcp|udp|sctp)$/i.test(protocol)) return `"${text}", whose protocol "${protocol}" is none`;
  const found = /^(?:(\[[^\]]*\]|[^[\]]*?):)?(?:([^:]*):)?([^:]+)$/.exec(body);
  if (found === null) return undefined;
  const [, first, second, container] = found;
  const [address, host] = second === undefined ? [undefined, first] : [first?.replace(/^\[|\]$/g, ''), second];
  if (address && isIP(address) === 0) return `"${text}", whose address "${address}" is none`;
  return wrongRange(text, host) ?? wrongRange(text, container) ?? uneven(text, host, container);
}

function wrongLong(entry: unknown): string | undefined {
  const [target, published] = [textValue(entry, 'target'), textValue(entry, 'published')];
  return wrongRange(target ?? '', target) ?? wrongRange(published ?? '', published);
}

function wrongRange(text: string, range: string | undefined): string | undefined {
  if (range === undefined || range === '') return undefined;
  const found = /^(\d+)(?:-(\d+))?$/.exec(range);
  if (found === null) return `"${text}", whose port "${range}" is no number`;
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  if (last > 65_535) return `"${text}", whose port "${range}" is above 65535`;
  return last < first ? `"${text}", whose range "${range}" ends before it starts` : undefined;
}

/** Ranges of two sizes have no port for each; one port of the container may take any of a range. */
function uneven(text: string, host: string | undefined, container: string | undefined): string | undefined {
  const [from, to] = [sizeOf(host), sizeOf(container)];
  return from === 0 || from === to || to === 1 ? undefined : `"${text}", whose two ranges differ in size`;
}

function sizeOf(range: string | undefined): number {
  const [first, last] = (range ?? '').split('-');
  return first === undefined || first === '' ? 0 : Number(last ?? first) - Number(first) + 1;
}
