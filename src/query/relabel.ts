import { listed, member } from './member.ts';
import { captureWhole } from './re2.ts';

/** One rule of `relabel_configs`, with the defaults of Prometheus. */
export interface Relabelling {
  readonly action: string;
  readonly source: readonly string[];
  readonly separator: string;
  readonly regex: string;
  readonly target: string;
  readonly replacement: string;
}

/** A rule as it is written, with the defaults of Prometheus for what is not. */
export function relabellingOf(rule: unknown): Relabelling {
  const text = (key: string): string | undefined => {
    const found = member(rule, key);
    return ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : undefined;
  };
  return {
    action: (text('action') ?? 'replace').toLowerCase(),
    source: listed(member(rule, 'source_labels')).map(String),
    separator: text('separator') ?? ';',
    regex: text('regex') ?? '(.*)',
    target: text('target_label') ?? '',
    replacement: text('replacement') ?? '$1',
  };
}

/** Labels as far as they are known; a label without a known value is undefined. */
export interface Labels {
  readonly known: ReadonlyMap<string, string | undefined>;
  /** There may be labels that are not listed. */
  readonly others: boolean;
}

/** What becomes of a target or a sample. */
export interface Relabelled extends Labels {
  readonly kept: 'yes' | 'perhaps' | 'no';
}

interface State {
  known: Map<string, string | undefined>;
  others: boolean;
  kept: Relabelled['kept'];
}

/**
 * Applies relabelling as far as values are known
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#relabel_config).
 */
export function relabel(labels: Labels, rules: readonly Relabelling[]): Relabelled {
  const state: State = { known: new Map(labels.known), others: labels.others, kept: 'yes' };
  for (const rule of rules) {
    if (state.kept === 'no') break;
    apply(state, rule);
  }
  return state;
}

/**
 * What relabelling leaves of a target: the labels of its samples, `instance` being the address where nothing sets it, and
 * the address that is dialled, as far as they are known. Undefined where the target is dropped.
 */
export function afterRelabelling(
  before: Labels,
  rules: readonly Relabelling[],
): { readonly address: string | undefined; readonly labels: Labels } | undefined {
  const after = relabel(before, rules);
  if (after.kept === 'no') return undefined;
  const address = after.known.get('__address__');
  const known = new Map([...after.known].filter(([name]) => !name.startsWith('__')));
  if (!known.has('instance')) known.set('instance', address);
  return { address, labels: { known, others: after.others } };
}

function apply(state: State, rule: Relabelling): void {
  const { action, regex, target } = rule;
  if (action === 'replace') replace(state, rule);
  else if (action === 'keep' || action === 'drop')
    sieve(state, matches(sourceOf(state, rule), regex), action === 'keep');
  else if (action === 'keepequal' || action === 'dropequal')
    sieve(state, areEqual(sourceOf(state, rule), valueAt(state, target)), action === 'keepequal');
  else if (action === 'lowercase') state.known.set(target, sourceOf(state, rule)?.toLowerCase());
  else if (action === 'uppercase') state.known.set(target, sourceOf(state, rule)?.toUpperCase());
  else if (action === 'labelmap') map(state, rule);
  else if (action === 'labeldrop' || action === 'labelkeep') leaveOut(state, regex, action === 'labeldrop');
  else state.known.set(target, undefined);
}

function areEqual(one: string | undefined, other: string | undefined): boolean | undefined {
  return one === undefined || other === undefined ? undefined : one === other;
}

function leaveOut({ known }: State, regex: string, whereItFits: boolean): void {
  for (const label of [...known.keys()])
    if ((captureWhole(regex, label) !== undefined) === whereItFits) known.delete(label);
}

function replace(state: State, { source, separator, regex, target, replacement }: Relabelling): void {
  const value = sourceOf(state, { source, separator });
  // The usual expression takes every text, so a constant is written whatever the labels are.
  const groups =
    value === undefined
      ? regex === '(.*)' && !replacement.includes('$')
        ? ['']
        : undefined
      : captureWhole(regex, value);
  if (value === undefined && groups === undefined) {
    if (target.includes('$')) state.others = true;
    else state.known.set(target, undefined);
    return;
  }
  if (groups === undefined) return;
  const name = expand(target, groups);
  const text = expand(replacement, groups);
  if (text === '') state.known.delete(name);
  else state.known.set(name, text);
}

/** A label map from names nobody knows may write over any label. */
function map(state: State, { regex, replacement }: Relabelling): void {
  for (const [label, value] of [...state.known]) {
    const groups = captureWhole(regex, label);
    if (groups !== undefined) state.known.set(expand(replacement, groups), value);
  }
  if (!state.others) return;
  for (const label of state.known.keys()) if (!label.startsWith('__')) state.known.set(label, undefined);
}

function sieve(state: State, found: boolean | undefined, keep: boolean): void {
  if (found === undefined) state.kept = 'perhaps';
  else if (found !== keep) state.kept = 'no';
}

function matches(value: string | undefined, regex: string): boolean | undefined {
  if (value !== undefined) return captureWhole(regex, value) !== undefined;
  return /^\(?\.\*\)?$/.test(regex) ? true : undefined;
}

function sourceOf(state: State, { source, separator }: Pick<Relabelling, 'source' | 'separator'>): string | undefined {
  const values = source.map((label) => valueAt(state, label));
  return values.some((value) => value === undefined) ? undefined : values.join(separator);
}

function valueAt({ known, others }: State, label: string): string | undefined {
  return known.has(label) ? known.get(label) : others ? undefined : '';
}

/** `$1` and `${1}` as Go's regexp expands them. */
function expand(template: string, groups: readonly string[]): string {
  return template.replace(/\$(?:(\d+)(?!\w)|\{(\d+)\}|\$)/g, (whole, plain?: string, braced?: string) =>
    whole === '$$' ? '$' : (groups[Number(plain ?? braced)] ?? ''),
  );
}
