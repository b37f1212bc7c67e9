import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { pathsUnder, type Tree, textAt } from '../../model/tree.ts';
import { isMapping, listAt, type Mapping, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { oauthProviders } from './outside-hosts.ts';

/**
 * After a login the browser is sent back to `root_url` and `/login/<provider>`, and only where the identity provider has that
 * address among those of the client
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-security/configure-authentication/generic-oauth/).
 */
export const foreignRedirect = defineRule({
  id: 'grafana/foreign-redirect',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every OAuth client of Grafana may be sent back to its root_url.',
  check: ({ settings, service }, { repository: { tree } }) => {
    const root = settings.get('server.root_url');
    if (root === undefined || !/^https?:\/\/[^$%]+$/.test(root.value)) return [];
    const providers = oauthProviders(settings);
    const clients = providers.length === 0 ? [] : clientsIn(tree);
    return providers.flatMap((section) =>
      clients
        .filter(({ id }) => id === settings.get(`${section}.client_id`)?.value)
        .flatMap(({ file, pointer, uris }): FindingDraft[] => {
          const back = `${root.value.replace(/\/+$/, '')}/login/${section.slice('auth.'.length)}`;
          if (uris.length === 0 || uris.some((uri) => covers(uri, back))) return [];
          return [
            {
              at: root.at,
              message: `"${back}", where a login comes back to, is no redirect address of the client in "${file}", so every login to the Grafana of service "${service}" is refused`,
              related: [{ at: { file, pointer }, note: 'the redirect addresses of the client' }],
              hint: 'Register the address with the identity provider, or write the "root_url" that is registered',
              facts: { service, redirect: back, client: file },
            },
          ];
        }),
    );
  },
});

interface Client {
  readonly id: string;
  readonly file: string;
  readonly pointer: Pointer;
  readonly uris: readonly string[];
}

/** Clients as Keycloak exports them: alone, or in the list of a realm. */
function clientsIn(tree: Tree): Client[] {
  return pathsUnder(tree, '')
    .filter((path) => path.endsWith('.json') && (tree.files.get(path)?.bytes.length ?? 0) < 4_000_000)
    .flatMap((file): Client[] => {
      const text = textAt(tree, file);
      if (text?.includes('"redirectUris"') !== true) return [];
      const value = parsed(text);
      const single = isMapping(value) ? clientOf(file, [], value) : [];
      const list = listAt(value, 'clients').flatMap((client, index) =>
        isMapping(client) ? clientOf(file, ['clients', index], client) : [],
      );
      return [...single, ...list];
    });
}

function clientOf(file: string, pointer: Pointer, client: Mapping): Client[] {
  const id = textValue(client, 'clientId');
  if (id === undefined || !Array.isArray(client['redirectUris'])) return [];
  const root = (textValue(client, 'rootUrl') ?? '').replace(/\/+$/, '');
  const uris = listAt(client, 'redirectUris').flatMap((uri) => textValue(uri) ?? []);
  const whole = uris.map((uri) => (uri.startsWith('/') ? `${root}${uri}` : uri));
  return [{ id, file, pointer: [...pointer, 'redirectUris'], uris: whole }];
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Only a star at the end stands for more; a placeholder may be anything. */
function covers(uri: string, address: string): boolean {
  if (/\$\{|\{\{/.test(uri)) return true;
  return uri.endsWith('*') ? address.startsWith(uri.slice(0, -1)) : uri === address;
}
