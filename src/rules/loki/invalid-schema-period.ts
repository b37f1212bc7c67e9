import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { hasOwnSchema, type Period, periodsOf } from './periods.ts';

/**
 * Loki checks its periods as it starts: ascending dates, a known version, and tables of 24 hours for the indexes that it
 * ships to the object store (https://grafana.com/docs/loki/v2.9.x/configure/#period_config).
 */
export const invalidSchemaPeriod = defineRule({
  id: 'loki/invalid-schema-period',
  severity: 'error',
  over: 'loki',
  claim: 'The periods of a Loki are in order, and each is one that Loki takes.',
  check: (loki, { stack, today }): FindingDraft[] => {
    const { file, service: name, value } = loki;
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || !hasOwnSchema(loki, service)) return [];
    const draft = (pointer: Pointer, thing: string, problem: string, hint: string): FindingDraft => ({
      at: { file, pointer },
      message: `${thing} ${problem}, so Loki "${name}" does not start`,
      hint,
      facts: { service: name },
    });
    const periods = periodsOf(value);
    if (periods.length === 0) {
      const hint = 'Add a period with from, store, object_store, schema and index';
      return [draft(['schema_config'], 'The "schema_config"', 'has no period', hint)];
    }
    const active = Math.max(
      0,
      periods.findLastIndex(({ from }) => from !== undefined && from <= today),
    );
    return periods.flatMap((period, index): FindingDraft[] => {
      const thing = `The period from "${period.from ?? ''}"`;
      const wrong = problemOf(period, index === active || index === active + 1);
      const before = periods[index - 1]?.from;
      const late = before !== undefined && period.from !== undefined && before >= period.from;
      const unordered = late
        ? [draft([...period.pointer, 'from'], thing, `comes after one from "${before}"`, 'Write the periods in order')]
        : [];
      const found =
        wrong === undefined ? [] : [draft([...period.pointer, ...wrong.route], thing, wrong.problem, wrong.hint)];
      return [...unordered, ...found];
    });
  },
});

interface Wrong {
  readonly route: Pointer;
  readonly problem: string;
  readonly hint: string;
}

/** Objects that lie in tables need a name for these. */
const tableStores = /^(cassandra|aws-dynamo|bigtable-hashed|gcp|gcp-columnkey|bigtable|grpc-store)$/;

function problemOf({ from, store, objectStore, schema, hours, value }: Period, now: boolean): Wrong | undefined {
  if (from !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(from))
    return { route: ['from'], problem: 'is no date', hint: 'Write the date as 2024-01-31' };
  if (!schema.includes('$') && !/^v*(9|1[0-3])v*$/.test(schema)) {
    const problem = schema === '' ? 'has no schema' : `has the schema "${schema}", which is none`;
    return { route: schema === '' ? [] : ['schema'], problem, hint: 'Write v12 or v13' };
  }
  if (tableStores.test(objectStore || store) && (textValue(value, 'chunks', 'prefix') ?? '') === '')
    return { route: [], problem: 'has no "chunks.prefix"', hint: 'Name the tables of the chunks' };
  const shipped = store === 'tsdb' || (store === 'boltdb-shipper' && now);
  if (shipped && hours !== undefined && hours !== 24)
    return {
      route: hours === 0 ? ['index'] : ['index', 'period'],
      problem: `keeps its "${store}" index in tables of ${hours === 0 ? 'no length' : `${hours} hours`} and not of 24`,
      hint: 'Set index.period to 24h',
    };
  return hours !== undefined && hours % 24 !== 0
    ? {
        route: ['index', 'period'],
        problem: `has tables of ${hours} hours, no multiple of 24`,
        hint: 'Set index.period to 24h',
      }
    : undefined;
}
