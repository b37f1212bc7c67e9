import type { Port } from '../../model/stack.ts';
import type { Part } from './part.ts';
import { itemsOf, partAt, textOf } from './part.ts';

/** A service's published ports, short and long forms; ranges are one entry for each port. */
export function portsOf(service: Part): Port[] {
  return itemsOf(partAt(service, 'ports')).flatMap((part) => {
    if (part.value instanceof Map) {
      const address = textOf(partAt(part, 'host_ip'));
      const protocol = textOf(partAt(part, 'protocol'));
      return spread(part, textOf(partAt(part, 'target')), textOf(partAt(part, 'published')), { address, protocol });
    }
    const [text = '', protocol] = (textOf(part) ?? '').split(/\/(?=tcp$|udp$|sctp$)/);
    const found = /^(?:(\[[^\]]*\]|[^:]*):)?(?:([\d-]*):)?([\d-]+)$/.exec(text);
    if (found === null) return [];
    const [, first, second, container] = found;
    if (second === undefined && /^[\d-]*$/.test(first ?? '')) return spread(part, container, first, { protocol });
    return spread(part, container, second, { address: first?.replace(/^\[|\]$/g, ''), protocol });
  });
}

interface Binding {
  readonly address?: string | undefined;
  readonly protocol?: string | undefined;
}

function spread(part: Part, target: string | undefined, published: string | undefined, binding: Binding): Port[] {
  const { address, protocol } = binding;
  const containers = rangeOf(target);
  const hosts = rangeOf(published);
  return containers.map((container, index) => {
    const host = hosts.length === containers.length ? hosts[index] : undefined;
    return {
      container,
      ...(host === undefined ? {} : { host }),
      ...(address ? { address } : {}),
      ...(protocol && protocol !== 'tcp' ? { protocol } : {}),
      at: part.at,
    };
  });
}

function rangeOf(text: string | undefined): number[] {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? '');
  if (found === null) return [];
  const first = Number(found[1]);
  const last = Math.min(Number(found[2] ?? found[1]), 65_535);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
