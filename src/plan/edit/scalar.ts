import { parseDocument } from 'yaml';

/** How strings are quoted where they must be, or were before. */
export type Quote = 'plain' | 'single' | 'double';

/** A scalar as YAML on one line. A string is quoted where YAML 1.1 or 1.2 would read something else. */
export function scalarText(value: unknown, prefer: Quote, needed: 'single' | 'double', inFlow: boolean): string {
  if (typeof value !== 'string') return value === null ? 'null' : String(value);
  if (prefer === 'plain' && isPlainSafe(value, inFlow)) return value;
  const single = `'${value.replaceAll("'", "''")}'`;
  const wanted = prefer === 'plain' ? needed : prefer;
  return wanted === 'single' && !/[^\x20-\x7e\xa0-\ufffd]/.test(value) ? single : JSON.stringify(value);
}

function isPlainSafe(value: string, inFlow: boolean): boolean {
  if (value === '' || /[\r\n]/.test(value)) return false;
  // YAML 1.1 reads `65534:65534` and `yes` as no strings, and not every reader speaks 1.2.
  if (/^[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?$/.test(value) || /^\d+:\d+$/.test(value)) return false;
  const text = inFlow ? `[{ a: ${value}, b: 1 }]` : `- a: ${value}\n  b: 1\n- ${value}\n`;
  return (['1.1', '1.2'] as const).every((version) => {
    const document = parseDocument(text, { version });
    if (document.errors.length > 0 || document.warnings.length > 0 || value.startsWith('*')) return false;
    const read: unknown = document.toJS();
    const first: unknown = Array.isArray(read) ? read[0] : undefined;
    return isRecord(first) && Object.keys(first).length === 2 && first['a'] === value && first['b'] === 1;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
