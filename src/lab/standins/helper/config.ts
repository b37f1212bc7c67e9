/** A played scrape target: it relays a container's own metrics, or serves made ones. */
export interface PlayedTarget {
  /** `alias:port` in the lab. */
  readonly address: string;
  readonly original: string;
  readonly job: string;
  readonly path: string;
  readonly relay?: string;
  readonly metrics?: string;
}

/** What the helper plays, written as JSON beside its program. */
export interface HelperConfig {
  readonly name: string;
  readonly proxyPort: number;
  readonly controlPort: number;
  /** The names the proxy connects to; every other is refused. */
  readonly reachable: readonly string[];
  readonly httpPorts: readonly number[];
  readonly smtpPorts: readonly { readonly port: number; readonly tls: boolean }[];
  /** `alias:port` → the real address it stands for. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Path of a receiver → the address inside the stack to which its messages are passed on. */
  readonly forwards: Readonly<Record<string, string>>;
  readonly targets: readonly PlayedTarget[];
}
