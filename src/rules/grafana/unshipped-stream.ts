import type { FindingDraft } from '../../model/finding.ts';
import { datasourceOf, type GrafanaConfig } from '../../model/grafana.ts';
import type { Located } from '../../model/location.ts';
import { type Stack, serviceByHost } from '../../model/stack.ts';
import { parseLogql } from '../../query/logql.ts';
import { parsableForms } from '../../query/macros.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { defineRule } from '../define-rule.ts';
import { variableMark } from '../support/series/sample.ts';
import { type Streams, streamsOf, whyNone } from '../support/streams.ts';

interface Asked {
  readonly whose: string;
  readonly expr: Located<string>;
  readonly source: string | undefined;
}

/**
 * A selector finds the streams whose labels it names, and Loki says of the others that there is no data
 * (https://grafana.com/docs/loki/v2.9.x/query/log_queries/#log-stream-selector). What a Promtail of the stack labels its
 * streams with stands in its configuration; where somebody else may push, nothing is told.
 */
export const unshippedStream = defineRule({
  id: 'grafana/unshipped-stream',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every stream that Grafana asks a Loki for is one that a Promtail sends.',
  check: (grafana, { stack }) => {
    const known = new Map<string, Streams | undefined>();
    const told = new Set<string>();
    return askedOf(grafana).flatMap(({ whose, expr, source }): FindingDraft[] => {
      if (source === undefined) return [];
      if (!known.has(source)) known.set(source, behind(stack, source));
      const streams = known.get(source);
      const [form] = parsableForms(expr.value, [variableMark]) ?? [];
      if (streams === undefined || form === undefined) return [];
      return parseLogql(form).selectors.flatMap(({ matchers }): FindingDraft[] => {
        const lost = matchers.find((matcher) => whyNone(streams, matcher) !== undefined);
        const key = `${whose} ${lost?.label} ${lost?.value}`;
        if (lost === undefined || told.has(key)) return [];
        told.add(key);
        const text = `${lost.label}${lost.op}${lost.value}`;
        return [
          {
            at: expr.at,
            message: `${whose} asks Loki for "${text}", and ${whyNone(streams, lost)}, so it finds nothing`,
            related: [{ at: streams.at, note: 'what labels the streams' }],
            hint: 'Ask for a label that the streams have, or give them this one',
            facts: { label: lost.label, value: lost.value },
          },
        ];
      });
    });
  },
});

/** Every query of a panel and of an alert, with the address of its Loki. */
function askedOf(grafana: GrafanaConfig): Asked[] {
  const panels = grafana.dashboards.flatMap((dashboard) =>
    dashboard.panels.flatMap((panel) =>
      panel.queries.flatMap(({ expr, hidden, datasource }): Asked[] => {
        const source = datasourceOf(grafana, datasource);
        if (expr === undefined || hidden || source?.type !== 'loki') return [];
        return [
          { whose: `Panel "${panel.title}" of dashboard "${dashboard.title ?? ''}"`, expr, source: source.url?.value },
        ];
      }),
    ),
  );
  const alerts = (grafana.alerts ?? []).flatMap(({ title, queries }) =>
    queries.flatMap(({ expr, datasourceUid }): Asked[] => {
      const source = grafana.datasources.find(({ uid }) => uid === datasourceUid);
      if (expr === undefined || source?.type !== 'loki') return [];
      return [{ whose: `Alert "${title}"`, expr, source: source.url?.value }];
    }),
  );
  return [...panels, ...alerts];
}

function behind(stack: Stack, url: string): Streams | undefined {
  const service = serviceByHost(stack, splitAddress(url, 'http').host);
  return service === undefined ? undefined : streamsOf(stack, service);
}
