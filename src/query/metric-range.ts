import { printed } from './promql-print.ts';
import { type Binary, bare, type Expr } from './promql-tree.ts';
import type { ValueRange } from './value-range.ts';

/** Gauges that are 0 or 1, of the exporters' own descriptions. */
const switches =
  /^(?:up|probe_success|probe_http_ssl|node_filesystem_(?:readonly|device_error)|node_network_(?:up|carrier)|node_systemd_unit_state|node_textfile_scrape_error|node_scrape_collector_success|(?:prometheus|alertmanager)_config_last_reload_successful)$/;
/** Counters of seconds that no series of can gain more than one in a second; what extrapolation adds is allowed for. */
const clockTime = /^node_(?:cpu_seconds_total|disk_io_time_seconds_total)$/;
const aSecondInOne: ValueRange = [0, 1.1];

/** What is never less than its parts, both with the same labels. */
const parts: Readonly<Record<string, RegExp>> = {
  node_memory_MemTotal_bytes:
    /^node_memory_(?:MemAvailable|MemFree|Buffers|Cached|Active|Inactive|Slab|SReclaimable)_bytes$/,
  node_memory_SwapTotal_bytes: /^node_memory_SwapFree_bytes$/,
  node_filesystem_size_bytes: /^node_filesystem_(?:avail|free)_bytes$/,
  node_filesystem_files: /^node_filesystem_files_free$/,
  node_filefd_maximum: /^node_filefd_allocated$/,
  node_nf_conntrack_entries_limit: /^node_nf_conntrack_entries$/,
  process_max_fds: /^process_open_fds$/,
  prometheus_notifications_queue_capacity: /^prometheus_notifications_queue_length$/,
};

/** The values a metric of a known exporter can have (https://github.com/prometheus/node_exporter/tree/v1.6.1/collector). */
export function metricRange(metric: string | undefined): ValueRange | undefined {
  if (metric === 'ALERTS') return [1, 1];
  return switches.test(metric ?? '') ? [0, 1] : undefined;
}

/** What a counter of a known exporter can gain in a second. */
export function rateRange(metric: string | undefined): ValueRange | undefined {
  return clockTime.test(metric ?? '') ? aSecondInOne : undefined;
}

/** The values of a part, or of what is left of the whole without it, divided by the whole: from 0 to 1. */
export function shareRange({ op, matching, left, right }: Binary): ValueRange | undefined {
  if (op !== '/' || matching.group !== undefined) return undefined;
  const whole = wholeOf(right);
  if (whole === undefined) return undefined;
  const rest = bare(left);
  const named = rest.kind === 'binary' && rest.op === '-' && isSame(rest.left, right, whole) ? rest.right : left;
  return isPart(named, right, whole) ? [0, 1] : undefined;
}

/** The metric of `whole` or of `sum by (…) (whole)`. */
function wholeOf(expr: Expr): string | undefined {
  const node = bare(expr);
  const inner = node.kind === 'aggregate' && /^(?:sum|avg|min|max)$/.test(node.op) ? bare(node.expr) : node;
  return inner.kind === 'selector' && Object.hasOwn(parts, inner.metric ?? '') ? inner.metric : undefined;
}

function isPart(expr: Expr, right: Expr, whole: string): boolean {
  const node = bare(expr);
  const inner = node.kind === 'aggregate' ? bare(node.expr) : node;
  return inner.kind === 'selector' && parts[whole]?.test(inner.metric ?? '') === true && isSame(expr, right, whole);
}

/** Whether two expressions differ in their metric at most: the same series, aggregated in the same way. */
function isSame(one: Expr, other: Expr, whole: string): boolean {
  const renamed = (expr: Expr): Expr => {
    const node = bare(expr);
    if (node.kind === 'aggregate') return { ...node, expr: renamed(node.expr) };
    return node.kind === 'selector' ? { ...node, metric: whole } : node;
  };
  return printed(renamed(one)) === printed(renamed(other));
}
