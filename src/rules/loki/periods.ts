import { durationSeconds } from '../../model/duration.ts';
import type { Pointer } from '../../model/location.ts';
import type { LokiConfig } from '../../model/logs.ts';
import type { Service } from '../../model/stack.ts';
import { isMapping, listAt, textValue, valueAt } from '../../read/values.ts';

/** One entry of `schema_config.configs`. */
export interface Period {
  readonly pointer: Pointer;
  /** As written; undefined where it is a variable. */
  readonly from?: string;
  readonly store: string;
  readonly objectStore: string;
  readonly schema: string;
  readonly prefix: string;
  /** Hours; undefined where the text is no duration. */
  readonly hours?: number;
  readonly value: unknown;
}

/** The periods of a Loki's schema, in their order. */
export function periodsOf(value: unknown): Period[] {
  return listAt(value, 'schema_config', 'configs').flatMap((period, index): Period[] => {
    if (!isMapping(period)) return [];
    const text = (...route: string[]): string => textValue(period, ...route) ?? '';
    const from = dateOf(period['from']);
    const seconds = durationSeconds(text('index', 'period') || '0');
    return [
      {
        pointer: ['schema_config', 'configs', index],
        ...(from === undefined ? {} : { from }),
        store: text('store'),
        objectStore: text('object_store'),
        schema: text('schema'),
        prefix: text('index', 'prefix'),
        ...(seconds === undefined ? {} : { hours: seconds / 3600 }),
        value: period,
      },
    ];
  });
}

/** Whether a schema comes from nowhere else: flags may bring a file of their own. Of a file that does not parse nothing is known. */
export function hasOwnSchema({ file, value }: LokiConfig, service: Service | undefined): boolean {
  if (file === undefined || Object.keys(value).length === 0) return false;
  return service?.command.every(({ value: word }) => !/schema-config/.test(word)) === true;
}

/** Seconds of a limit as written, or undefined where it is absent, no duration or a variable. */
export function limitSeconds(value: unknown, key: string): number | undefined {
  const text = textValue(valueAt(value, 'limits_config'), key);
  return text === undefined ? undefined : durationSeconds(text);
}

/** YAML may have read the date for us. */
function dateOf(from: unknown): string | undefined {
  // A period that does not say when it begins begins with all time.
  if (from === undefined || from === null) return '1970-01-01';
  if (from instanceof Date) return from.toISOString().slice(0, 10);
  const text = textValue(from);
  return text === undefined || text.includes('$') ? undefined : text;
}
