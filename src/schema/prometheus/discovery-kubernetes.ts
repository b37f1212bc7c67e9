import { below, has, isWritten } from '../facts.ts';
import { httpClient, httpClientKeys } from '../http-client.ts';
import { url } from '../names.ts';
import { oneOf, text, truth } from '../scalars.ts';
import { list, type RecordFault, record, type Shape } from '../shape.ts';

type Mapping = Readonly<Record<string, unknown>>;

const roles = ['pod', 'service', 'endpoints', 'endpointslice', 'node', 'ingress'];

/** Which resources may be selected where a role is discovered. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  endpoints: ['pod', 'service', 'endpoints'],
  endpointslice: ['pod', 'service', 'endpointslice'],
};

function faults(value: Mapping): RecordFault[] {
  const conflict = (key: string, other: string): RecordFault => ({
    route: [key],
    wrong: `stands beside "${other}", and only one of the two may`,
    kind: 'conflict',
  });
  const client = Object.keys(httpClientKeys).find((key) => isChanged(value, key));
  const own = has(below(value, 'namespaces'), 'own_namespace');
  const server = isWritten(value, 'api_server');
  const file = has(value, 'kubeconfig_file');
  return [
    ...(server && file ? [conflict('kubeconfig_file', 'api_server')] : []),
    ...(file && client !== undefined ? [conflict(client, 'kubeconfig_file')] : []),
    ...(!server && !file && client !== undefined
      ? [{ route: [client], wrong: 'is of no use without "api_server"', kind: 'missing-key' as const }]
      : []),
    ...(server && own ? [conflict('namespaces', 'api_server')] : []),
    ...(file && own ? [conflict('namespaces', 'kubeconfig_file')] : []),
    ...selectorFaults(value),
  ];
}

/** Whether a key of the HTTP client is something else than what it is anyway. */
function isChanged(value: Mapping, key: string): boolean {
  if (key === 'follow_redirects' || key === 'enable_http2') return isWritten(value, key) && !has(value, key);
  if (key === 'tls_config') return Object.keys(below(value, key)).some((inner) => has(below(value, key), inner));
  return key === 'proxy_url' ? isWritten(value, key) : has(value, key);
}

function selectorFaults(value: Mapping): RecordFault[] {
  const role = String(value['role']);
  const seen = new Set<string>();
  const selectors = Array.isArray(value['selectors']) ? value['selectors'] : [];
  return selectors.flatMap((selector: Mapping | null, index): RecordFault[] => {
    const wanted = String(selector?.['role'] ?? '');
    const twice = seen.has(wanted);
    seen.add(wanted);
    if (twice) return [{ route: ['selectors', index], wrong: `selects "${wanted}" a second time`, kind: 'conflict' }];
    return (selectable[role] ?? [role]).includes(wanted)
      ? []
      : [{ route: ['selectors', index], wrong: `selects "${wanted}", which the role "${role}" does not know` }];
  });
}

/** Discovery by a Kubernetes API (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#kubernetes_sd_config). */
export const kubernetes: Shape = httpClient(
  'a Kubernetes discovery',
  {
    api_server: url(),
    role: oneOf(...roles),
    kubeconfig_file: text(),
    namespaces: record('a choice of namespaces', { own_namespace: truth, names: list(text()) }),
    selectors: list(record('a selector', { role: oneOf(...roles), label: text(), field: text() })),
    attach_metadata: record('a choice of metadata', { node: truth }),
  },
  { required: ['role'], check: faults },
);
