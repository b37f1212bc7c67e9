/** A host and port split from `host:port`, `[v6]:port` or `host`. */
export interface HostPort {
  readonly host: string;
  readonly port?: number;
}

/** Splits an address; undefined where it is empty or a template (`${X}`, `{{ … }}`) that only runtime resolves. */
export function hostPort(address: string): HostPort | undefined {
  if (address === '' || /[${}\s]/.test(address)) return undefined;
  const match = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:/[\]]+))(?::(\d+))?$/.exec(address);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) return undefined;
  return match?.[3] === undefined ? { host } : { host, port: Number(match[3]) };
}

/** A URL cut where an address stands, so that the rest stays byte for byte. */
export interface CutUrl extends HostPort {
  readonly scheme: string;
  readonly userinfo: string;
  readonly rest: string;
}

/** Cuts `scheme://[user@]host[:port]rest`; undefined where it is no URL or its host is a template. */
export function cutUrl(url: string): CutUrl | undefined {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(?:([^/?#@]*)@)?([^/?#]*)(.*)$/s.exec(url.trim());
  const address = hostPort(match?.[3] ?? '');
  if (match === null || address === undefined) return undefined;
  return { scheme: (match[1] ?? '').toLowerCase(), userinfo: match[2] ?? '', rest: match[4] ?? '', ...address };
}

/** The port of a URL's scheme where none is written. */
export function defaultPort(scheme: string): number {
  return (
    { https: 443, wss: 443, smtp: 25, ldap: 389, ldaps: 636, redis: 6379, postgres: 5432, mysql: 3306 }[scheme] ?? 80
  );
}

/** Why a service on the network of the host listens on every address in the lab. */
export const openWhy = 'in the lab the service has a network of its own, where only itself would reach its loopback';

/** Whether the name means the container itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '0.0.0.0' || host === '::' || /^127\./.test(host);
}
