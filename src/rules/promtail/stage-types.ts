import { isMapping } from '../../read/values.ts';

type Kind = 'text' | 'truth' | 'scalar' | 'texts' | 'list' | 'mapping';

/**
 * What Promtail wants of the values of a stage: it takes no number for a text, where the rest of the file may have one.
 * `''` is the configuration of the stage itself.
 */
const wanted: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  geoip: { '': 'mapping', db: 'text', source: 'text', db_type: 'text' },
  json: { '': 'mapping', expressions: 'texts', source: 'text', drop_malformed: 'truth' },
  labelallow: { '': 'list' },
  labeldrop: { '': 'list' },
  labels: { '': 'texts' },
  logfmt: { '': 'mapping', mapping: 'texts', source: 'text' },
  match: { '': 'mapping', pipeline_name: 'text', selector: 'text', action: 'text', drop_counter_reason: 'text' },
  metrics: { '': 'mapping' },
  non_indexed_labels: { '': 'texts' },
  output: { '': 'mapping', source: 'text' },
  regex: { '': 'mapping', expression: 'text', source: 'text' },
  replace: { '': 'mapping', expression: 'text', source: 'text', replace: 'text' },
  static_labels: { '': 'texts' },
  structured_metadata: { '': 'texts' },
  template: { '': 'mapping', source: 'text', template: 'text' },
  tenant: { '': 'mapping', label: 'text', source: 'text', value: 'text' },
  timestamp: {
    '': 'mapping',
    source: 'text',
    format: 'text',
    location: 'text',
    action_on_failure: 'text',
    fallback_formats: 'list',
  },
  cri: { '': 'mapping' },
  drop: { '': 'mapping', value: 'scalar', expression: 'scalar', older_than: 'scalar', longer_than: 'scalar' },
  limit: { '': 'mapping' },
  multiline: { '': 'mapping', firstline: 'scalar', max_lines: 'scalar', max_wait_time: 'scalar' },
  pack: { '': 'mapping' },
  sampling: { '': 'mapping' },
};

const metric: Readonly<Record<string, Kind>> = {
  type: 'text',
  description: 'text',
  source: 'text',
  prefix: 'text',
  max_idle_duration: 'text',
  config: 'mapping',
};
const metricConfig: Readonly<Record<string, Kind>> = {
  match_all: 'truth',
  count_entry_bytes: 'truth',
  value: 'text',
  action: 'text',
};

/** A value of a stage that is of another kind than Promtail takes. */
export function wrongKind(
  stage: string,
  config: unknown,
): { readonly message: string; readonly route: readonly (string | number)[] } | undefined {
  const own = firstWrong(wanted[stage] ?? {}, config, []);
  if (own !== undefined || stage !== 'metrics' || !isMapping(config)) return own;
  for (const [name, held] of Object.entries(config)) {
    const found = firstWrong({ '': 'mapping', ...metric }, held, [name]);
    if (found !== undefined) return found;
    const below = isMapping(held) ? firstWrong(metricConfig, held['config'], [name, 'config']) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}

function firstWrong(kinds: Readonly<Record<string, Kind>>, config: unknown, route: readonly (string | number)[]) {
  for (const [key, kind] of Object.entries(kinds)) {
    const held = key === '' ? config : isMapping(config) ? config[key] : undefined;
    const place = key === '' ? route : [...route, key];
    const wrong = held === undefined || held === null ? undefined : wrongIn(kind, held, place);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function wrongIn(kind: Kind, value: unknown, route: readonly (string | number)[]) {
  const wrong = (what: string, at = route) => ({ message: `has ${what} at "${at.join('.')}"`, route: at });
  if (kind === 'text') return typeof value === 'string' ? undefined : wrong('something other than a text');
  if (kind === 'scalar') return typeof value === 'object' ? wrong('something other than a single value') : undefined;
  if (kind === 'truth') return typeof value === 'boolean' ? undefined : wrong('something other than true or false');
  if (kind === 'mapping') return isMapping(value) ? undefined : { message: 'is no mapping', route };
  const items = Array.isArray(value) ? value.entries() : isMapping(value) ? Object.entries(value) : undefined;
  if (items === undefined || Array.isArray(value) !== (kind === 'list'))
    return { message: kind === 'list' ? 'has no list where one is read' : 'has no mapping where one is read', route };
  for (const [key, item] of items)
    if (typeof item !== 'string' && item !== null) return wrong('something other than a text', [...route, key]);
  return undefined;
}
