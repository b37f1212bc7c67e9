import type { FindingDraft } from '../../model/finding.ts';
import type { Place } from '../../model/location.ts';
import type { Port, Service, Stack } from '../../model/stack.ts';
import { listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

interface Claim {
  /** What it is, apart from the address. */
  readonly key: string;
  readonly what: string;
  readonly short: string;
  readonly service: Service;
  readonly at: Place;
  readonly address?: string;
}

/**
 * A container's name and a port of the host can each be had once on an engine
 * (https://docs.docker.com/reference/compose-file/services/#container_name). Within one compose file that is an error, unless
 * profiles keep the two apart; two compose files may be meant for two hosts, which the files cannot tell.
 */
export const contestedClaim = defineRule({
  id: 'stack/contested-claim',
  severity: 'error',
  over: 'stack',
  claim: 'No two services claim one container name or one port of the host.',
  check: (stack, { repository }) => {
    const mine = claimsOf(stack);
    const seen = new Map<string, Claim[]>();
    const inside = mine.flatMap((claim): FindingDraft[] => {
      const earlier = seen.get(claim.key) ?? [];
      seen.set(claim.key, [...earlier, claim]);
      const other = earlier.find((one) => one.service !== claim.service && meet(one, claim) && mayMeet(one, claim));
      return other === undefined ? [] : [contested(claim, other)];
    });
    const others = repository.stacks.slice(0, repository.stacks.indexOf(stack));
    return [...inside, ...beside(seen, others)];
  },
});

function contested(claim: Claim, other: Claim): FindingDraft {
  const [name, rival] = [claim.service.name, other.service.name];
  const always = profilesOf(claim).length === 0 && profilesOf(other).length === 0;
  return {
    at: claim.at,
    message: `Service "${name}" claims ${claim.what}, as service "${rival}" does, so only one of them starts`,
    related: [{ at: other.at, note: `the other service that claims ${claim.what}` }],
    hint: 'Give one of them another, or leave it to the engine',
    facts: { service: name, other: rival, claim: claim.what },
    ...(always ? {} : { severity: 'warning' as const }),
  };
}

/** One word about all that this file and others claim. */
function beside(mine: ReadonlyMap<string, readonly Claim[]>, others: readonly Stack[]): FindingDraft[] {
  const shared = others.flatMap(claimsOf).flatMap((theirs) => {
    const own = mine.get(theirs.key)?.find((claim) => claim.at.file !== theirs.at.file && meet(claim, theirs));
    return own === undefined ? [] : [{ own, theirs }];
  });
  const [first] = shared;
  if (first === undefined) return [];
  const things = [...new Set(shared.map(({ own }) => own.short))];
  const files = [...new Set(shared.map(({ theirs }) => theirs.at.file))];
  const claim = files.length === 1 ? 'claims' : 'claim';
  return [
    {
      at: first.own.at,
      severity: 'info',
      message: `${quoteAll(files, 3)} ${claim} ${quoteAll(things, 8)} of the host as this file does, so whether both can run depends on their being on two hosts`,
      related: shared.map(({ theirs }) => ({ at: theirs.at, note: `${theirs.what}, claimed there too` })),
      hint: 'Give one of them other names and ports where both run on one host',
      facts: { others: files, claims: things },
    },
  ];
}

/** No address, or one of all, meets every other. */
function meet(one: Claim, other: Claim): boolean {
  return one.address === other.address || one.address === undefined || other.address === undefined;
}

/** Services of different profiles may be meant as one or the other. */
function mayMeet(one: Claim, other: Claim): boolean {
  const [own, its] = [profilesOf(one), profilesOf(other)];
  return own.length === 0 || its.length === 0 || own.some((profile) => its.includes(profile));
}

function profilesOf({ service }: Claim): string[] {
  return listAt(service.definition, 'profiles').map(String);
}

function claimsOf(stack: Stack): Claim[] {
  return stack.services.flatMap((service) => {
    const { containerName } = service;
    const ports = service.ports.flatMap((port) => portClaim(service, port));
    if (containerName === undefined || containerName.value === '') return ports;
    const { value, at } = containerName;
    return [{ key: `name ${value}`, what: `the container name "${value}"`, short: value, service, at }, ...ports];
  });
}

function portClaim(service: Service, { host, address, protocol, at }: Port): Claim[] {
  if (host === undefined || host === 0) return [];
  const open = address === undefined || address === '0.0.0.0' || address === '::';
  const kind = protocol === undefined ? '' : `/${protocol}`;
  const what = `port ${host}${kind} of the host${open ? '' : ` on ${address}`}`;
  const short = `${host}${kind}`;
  return [{ key: `port ${short}`, what, short, service, at, ...(open ? {} : { address }) }];
}
