import { isIP } from 'node:net';

/** An IPv4 subnet as written, and the numbers of its addresses. */
export interface Subnet {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/** The subnet of `a.b.c.d/n`; undefined where it is none. */
export function subnetOf(text: string): Subnet | undefined {
  const [address = '', bits = ''] = text.split('/');
  const length = Number(bits);
  if (isIP(address) !== 4 || !/^\d{1,2}$/.test(bits) || length > 32) return undefined;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - length);
  const first = Math.floor(number / size) * size;
  return { text, first, last: first + size - 1 };
}

/** Whether two subnets have an address in common. */
export function overlap(one: Subnet, other: Subnet): boolean {
  return one.first <= other.last && other.first <= one.last;
}
