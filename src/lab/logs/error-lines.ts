const ansi = /\u001b\[[0-9;]*m/g;
const severe = 'error|eror|fatal|crit|critical|panic|dpanic|emergency|alert';
const field = new RegExp(`(?:^|\\s)(?:level|lvl)=["']?(?:${severe})["']?(?=\\s|$)`, 'i');
const word = new RegExp(`^(?:${severe})$`, 'i');
const written: readonly RegExp[] = [
  // klog (https://github.com/kubernetes/klog): the severity's letter, month and day.
  /^[EF]\d{4} \d\d:\d\d:\d\d\./,
  // Grafana on a terminal.
  /^(?:ERROR|EROR|CRIT|FATAL)\s*\[\d\d-\d\d\|/,
  // The Go runtime, and what net/http says of a handler that fell over.
  /^(?:panic: |fatal error: )/,
  /http: panic serving /,
];

/**
 * The lines of a log that its program holds for an error or worse, in the formats of the seven products: logfmt and
 * JSON (Prometheus, Alertmanager, Grafana, Loki, Promtail, node_exporter), klog (cAdvisor), Grafana's own on a
 * terminal, and a fall of the Go runtime.
 */
export function errorLines(log: string): string[] {
  return log
    .split('\n')
    .map((line) => line.replace(ansi, '').trim())
    .filter((line) => isError(line));
}

function isError(line: string): boolean {
  if (written.some((pattern) => pattern.test(line))) return true;
  const json = line.startsWith('{') ? levelIn(line) : undefined;
  if (json !== undefined) return word.test(json);
  // A message may quote another log's line.
  return field.test(line.replace(/(?<==)"(?:[^"\\]|\\.)*"/g, (text) => (word.test(text.slice(1, -1)) ? text : '""')));
}

function levelIn(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const level = typeof value === 'object' && value !== null && 'level' in value ? value.level : undefined;
    return typeof level === 'string' ? level : undefined;
  } catch {
    return undefined;
  }
}
