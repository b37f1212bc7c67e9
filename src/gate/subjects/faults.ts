import type { Product, Service, Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { member } from '../../query/member.ts';

/** What is done to a service. */
export type Fault = 'paused' | 'cut from the network' | 'disk full' | 'killed' | 'restarts used up';

/** A claim about one service and one fault. Faults of one `wave` happen at once. */
export interface FaultSubject {
  readonly claim: Claim;
  readonly service: Service;
  readonly fault: Fault;
  readonly wave: string;
}

/** Who gives what others take, who keeps it, and who shows or sends it: those of one side do without each other. */
const sides: Readonly<Record<Product, number>> = {
  'node-exporter': 0,
  cadvisor: 0,
  promtail: 0,
  prometheus: 1,
  loki: 1,
  grafana: 2,
  alertmanager: 2,
};

/** More attempts than this last too long to be used up: the engine doubles the time before each. */
const mostAttempts = 5;

/**
 * What the faults suite claims of every service of a known product: whatever befalls it, it comes back, and the others
 * go on meanwhile. Faults come in waves, one for each side of the stack, so that whoever depends on a service is watched
 * while that one is gone. Who shares a network cannot be cut off alone; who has no volume cannot fill one, nor can a twin be
 * filled that does not start alone; only `on-failure:N` can be used up.
 */
export function faultSubjects(stack: Stack): FaultSubject[] {
  const services = stack.services.flatMap((service) =>
    service.product === undefined ? [] : [{ service, side: sides[service.product] }],
  );
  const wavesOf = (fault: Fault, applies: (service: Service) => boolean): FaultSubject[] =>
    services
      .filter(({ service }) => applies(service))
      .toSorted((a, b) => a.side - b.side)
      .map(({ service, side }) => ({
        claim: claimOf('faults', `${service.name} ${fault}`),
        service,
        fault,
        wave: `${fault} ${side}`,
      }));
  return [
    ...wavesOf('paused', () => true),
    ...wavesOf('cut from the network', hasNetwork),
    ...wavesOf('killed', () => true),
    ...wavesOf('disk full', (service) => hasVolume(service) && standsAlone(stack, service)),
    ...wavesOf('restarts used up', (service) => {
      const attempts = attemptsOf(service);
      return attempts > 0 && attempts <= mostAttempts;
    }),
  ];
}

function hasVolume({ mounts }: Service): boolean {
  return mounts.some(({ kind, readOnly }) => kind === 'volume' && !readOnly);
}

/**
 * Whether a twin of a service can start where it is alone: a Grafana whose database is elsewhere
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/#database) and a Loki whose ring is
 * (https://grafana.com/docs/loki/v2.9.x/configure/#common) cannot.
 */
function standsAlone(stack: Stack, { name }: Service): boolean {
  const grafana = stack.grafana.find((one) => one.service === name)?.settings;
  const database = grafana?.get('database.url')?.value || (grafana?.get('database.type')?.value ?? 'sqlite3');
  const loki = stack.loki.find((one) => one.service === name);
  return database === 'sqlite3' && !/"store":"(consul|etcd|memberlist|multi)"/.test(JSON.stringify(loki?.value ?? {}));
}

function hasNetwork({ definition }: Service): boolean {
  const mode = definition['network_mode'];
  return !(typeof mode === 'string' && /^(none$|service:|container:)/.test(mode));
}

/** How often the engine starts a service again that failed; 0 where it does not count. */
function attemptsOf({ definition }: Service): number {
  const short = /^on-failure:(\d+)$/.exec(String(definition['restart'] ?? ''))?.[1];
  if (short !== undefined) return Number(short);
  const policy = member(definition, 'deploy', 'restart_policy');
  if (definition['restart'] !== undefined || member(policy, 'condition') !== 'on-failure') return 0;
  const attempts = Number(member(policy, 'max_attempts') ?? 0);
  return Number.isInteger(attempts) ? attempts : 0;
}
