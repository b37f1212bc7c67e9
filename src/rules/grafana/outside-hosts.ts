import type { Located } from '../../model/location.ts';

/** An address that Grafana itself dials, with what it is for. */
export interface Dialled {
  readonly what: string;
  readonly written: Located<string>;
  readonly host: string;
  readonly port?: number;
  readonly lost: string;
}

const truth = /^(?:1|t|true|yes|y|on)$/i;

/** Whether a setting is switched on. */
export function isOn(settings: ReadonlyMap<string, Located<string>>, setting: string): boolean {
  return truth.test(settings.get(setting)?.value ?? '');
}

/** OAuth providers that are switched on: `auth.github`, `auth.generic_oauth`, … */
export function oauthProviders(settings: ReadonlyMap<string, Located<string>>): string[] {
  const names = ['github', 'gitlab', 'google', 'grafana_com', 'grafananet', 'azuread', 'okta', 'generic_oauth'];
  return names.map((name) => `auth.${name}`).filter((section) => isOn(settings, `${section}.enabled`));
}

/** Every address of the settings that Grafana's container dials. */
export function dialled(settings: ReadonlyMap<string, Located<string>>): Dialled[] {
  const found: Dialled[] = [];
  const add = (setting: string, lost: string): void => {
    const written = settings.get(setting);
    const address = written === undefined ? undefined : addressOf(written.value);
    if (written !== undefined && address !== undefined) found.push({ what: setting, written, lost, ...address });
  };
  for (const section of oauthProviders(settings)) {
    for (const key of ['token_url', 'api_url', 'teams_url']) add(`${section}.${key}`, 'nobody can log in that way');
  }
  if (isOn(settings, 'smtp.enabled')) add('smtp.host', 'no mail is sent');
  if (isOn(settings, 'auth.jwt.enabled')) add('auth.jwt.jwk_set_url', 'no token is accepted');
  if (/^(?:mysql|postgres)$/.test(settings.get('database.type')?.value ?? '')) {
    add('database.host', 'Grafana does not start');
    add('database.url', 'Grafana does not start');
  }
  add('rendering.server_url', 'no panel is drawn as an image');
  add('unified_alerting.state_history.loki_remote_url', 'no state of an alert is kept');
  return found;
}

/** The host and port of a URL or of `host:port`; undefined where variables stand in it. */
export function addressOf(text: string): { readonly host: string; readonly port?: number } | undefined {
  if (text === '' || /[$%{<\s]/.test(text)) return undefined;
  const bare = /^(?:[a-z][\w+.-]*:\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?(?:[/?#]|$)/i.exec(text);
  if (bare?.[1] === undefined) return undefined;
  const port = bare[2] ?? { http: '80', https: '443' }[/^(https?):/.exec(text)?.[1] ?? ''];
  const host = bare[1].replace(/^\[|\]$/g, '');
  return port === undefined ? { host } : { host, port: Number(port) };
}
