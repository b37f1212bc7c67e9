import { type VariableValues, withValue } from './variable-value.ts';

/** How many of the values a panel is repeated for are asked: one panel is as the other. */
const most = 3;

/**
 * The values a panel is shown with: as they are, or with one value at a time of the variable it is repeated for
 * (https://grafana.com/docs/grafana/v10.2/panels-visualizations/configure-panel-options/#configure-repeating-rows-or-panels).
 */
export function repeated(
  repeats: readonly string[],
  values: VariableValues,
): { readonly forms: readonly VariableValues[]; readonly of: number } {
  let forms = [values];
  let of = 1;
  for (const name of repeats) {
    const chosen = values.get(name);
    if (chosen === undefined || chosen.values.length === 0) continue;
    of *= chosen.values.length;
    forms = forms.flatMap((form) =>
      chosen.values
        .slice(0, most)
        .map((value, index) => withValue(form, name, { value, text: chosen.texts[index] ?? value })),
    );
  }
  return { forms: forms.slice(0, most), of };
}
