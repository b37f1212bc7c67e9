import type { Stack } from '../../model/stack.ts';

const reserved = new Set(
  (
    'and or unless by without on ignoring group_left group_right offset bool inf nan atan2 start end sum min max avg group stddev stdvar count ' +
    'count_values bottomk topk quantile'
  ).split(' '),
);

/** A metric as the stack's queries name it. */
export interface AskedMetric {
  readonly name: string;
  /** Label values that queries ask for by equality; several where queries ask for several. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  /** Whether zero is no healthy value: a rule fires on it, or something is divided by it. */
  readonly healthyIsOne: boolean;
}

/** Every PromQL text of the stack: rules and dashboard panels. */
export function expressionsOf(stack: Stack): string[] {
  const rules = stack.prometheus.flatMap((config) =>
    config.ruleGroups.flatMap((group) => group.rules.map((rule) => rule.expr.value)),
  );
  const queries = stack.grafana.flatMap((grafana) =>
    grafana.dashboards.flatMap((dashboard) =>
      dashboard.panels.flatMap((panel) =>
        panel.queries.flatMap((query) =>
          query.expr === undefined || query.datasource?.type === 'loki' ? [] : [query.expr.value],
        ),
      ),
    ),
  );
  return [...rules, ...queries];
}

/** Names recorded by the stack's own rules: no target has to serve them. */
export function recordedNames(stack: Stack): Set<string> {
  return new Set(
    stack.prometheus.flatMap((config) =>
      config.ruleGroups.flatMap((group) => group.rules.flatMap((rule) => (rule.kind === 'record' ? [rule.name] : []))),
    ),
  );
}

/**
 * The metrics that expressions name, by a plain scan of words: it need not be exact, for what it finds too much is only
 * served in vain.
 */
export function askedMetrics(expressions: readonly string[]): AskedMetric[] {
  const found = new Map<string, { labels: Map<string, Readonly<Record<string, string>>>; healthyIsOne: boolean }>();
  for (const expression of expressions) {
    const bare = expression.replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
    for (const match of bare.matchAll(
      /(?<![\w:."'$])([a-zA-Z_:][\w:]*)(?![\w:])(\s*\{([^}]*)\})?(\s*\[[^\]]*\])?(?!\s*\()/g,
    )) {
      const [whole, name = '', , matchers = ''] = match;
      const before = bare.slice(0, match.index);
      if (reserved.has(name.toLowerCase()) || insideBraces(before) || insideQuotes(before) || /^\d/.test(name))
        continue;
      const entry = found.get(name) ?? { labels: new Map(), healthyIsOne: false };
      const labels = equalities(matchers);
      entry.labels.set(JSON.stringify(labels), labels);
      const divides = /\/\s*(?:[a-z_]*\s*\(\s*)*$/.test(before);
      entry.healthyIsOne ||= divides || /_(up|success|healthy)$|avail|free/i.test(name);
      entry.healthyIsOne ||= /^\s*\)*\s*(==\s*(bool\s+)?0|<)/.test(bare.slice(match.index + whole.length));
      found.set(name, entry);
    }
  }
  return [...found]
    .map(([name, entry]) => ({
      name,
      labels: [...entry.labels.values()].slice(0, 20),
      healthyIsOne: entry.healthyIsOne,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function equalities(matchers: string): Record<string, string> {
  const pairs = [...matchers.matchAll(/([a-zA-Z_]\w*)\s*=\s*["']([^"'$]*)["']/g)].map(([, label = '', value = '']) => [
    label,
    value,
  ]);
  return Object.fromEntries(pairs);
}

function insideBraces(before: string): boolean {
  return before.lastIndexOf('{') > before.lastIndexOf('}') || before.lastIndexOf('[') > before.lastIndexOf(']');
}

function insideQuotes(before: string): boolean {
  return (before.match(/"/g)?.length ?? 0) % 2 === 1;
}
