import { interpolated, type VariableValues } from '../../../src/index.ts';

/** The browser fills in every option of a panel's query, not its expression alone (`interval`, `step`). */
export function filled(model: Readonly<Record<string, unknown>>, values: VariableValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(model).map(([key, value]) => [
      key,
      typeof value === 'string' ? interpolated(value, values, 'plain') : value,
    ]),
  );
}
