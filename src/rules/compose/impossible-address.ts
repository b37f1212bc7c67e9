import { isIP } from 'node:net';
import type { FindingDraft } from '../../model/finding.ts';
import type { Stack } from '../../model/stack.ts';
import { listAt, mappingAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeIn } from '../support/places.ts';
import { overlap, type Subnet, subnetOf } from './subnet.ts';
import { isFilledIn } from './undeclared.ts';

/**
 * The engine gives an address only in a network with a subnet of the user's own, inside it, and once
 * (`user specified IP address is supported only when connecting to networks with user configured subnets`, `Address already in
 * use`); subnets of two networks may not overlap (https://docs.docker.com/reference/compose-file/services/#ipv4_address-ipv6_address).
 */
export const impossibleAddress = defineRule({
  id: 'compose/impossible-address',
  severity: 'error',
  over: 'stack',
  claim: 'Every fixed address lies in a subnet of its network and is given once.',
  check: (stack): FindingDraft[] =>
    [...addresses(stack), ...networks(stack)].filter(({ at }) => !isFilledIn(stack, at)),
});

function addresses(stack: Stack): FindingDraft[] {
  const given = new Map<string, string>();
  return stack.services.flatMap((service) =>
    Object.keys(mappingAt(service.definition, 'networks')).flatMap((name): FindingDraft[] => {
      const address = textValue(service.definition, 'networks', name, 'ipv4_address');
      const network = stack.networks.find((one) => one.name === name);
      if (address === undefined || network === undefined || network.external) return [];
      const subnets = subnetsOf(network.definition);
      const other = given.get(`${name} ${address}`);
      given.set(`${name} ${address}`, service.name);
      const wrong = problem(address, name, subnets, other);
      if (wrong === undefined) return [];
      const at = placeIn(service, 'networks', name, 'ipv4_address');
      const message = `Service "${service.name}" wants the address "${address}", ${wrong}, so its container does not start`;
      const related = [{ at: network.at, note: 'the network' }];
      const hint = 'Let the engine give the address, and use the name of the service';
      return [{ at, message, related, hint, facts: { service: service.name, network: name, address } }];
    }),
  );
}

function problem(address: string, network: string, subnets: readonly Subnet[], other?: string): string | undefined {
  if (isIP(address) !== 4) return 'which is no IPv4 address';
  if (subnets.length === 0) return `and the network "${network}" has no subnet of its own`;
  const own = subnetOf(`${address}/32`);
  if (own !== undefined && !subnets.some((subnet) => overlap(subnet, own)))
    return `which is outside the network "${network}"`;
  return other === undefined ? undefined : `which "${other}" has already`;
}

function networks(stack: Stack): FindingDraft[] {
  const all = stack.networks.flatMap((network) =>
    network.external ? [] : subnetsOf(network.definition).map((subnet) => ({ network, subnet })),
  );
  return all.flatMap(({ network, subnet }, index): FindingDraft[] => {
    const other = all.slice(0, index).find((one) => one.network !== network && overlap(one.subnet, subnet));
    if (other === undefined) return [];
    const message = `Network "${network.name}" has the subnet "${subnet.text}", which overlaps that of "${other.network.name}", so the engine does not make it`;
    const related = [{ at: other.network.at, note: `its subnet is "${other.subnet.text}"` }];
    const facts = { network: network.name, other: other.network.name };
    return [{ at: network.at, message, related, hint: 'Give them subnets apart', facts }];
  });
}

function subnetsOf(definition: unknown): Subnet[] {
  return listAt(valueAt(definition, 'ipam'), 'config').flatMap(
    (entry) => subnetOf(textValue(entry, 'subnet') ?? '') ?? [],
  );
}
