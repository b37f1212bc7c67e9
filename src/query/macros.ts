/**
 * Grafana's own variables and macros, as they are when a panel shows the last hour at a 15 s resolution
 * (https://grafana.com/docs/grafana/v10.2/dashboards/variables/add-template-variables/#global-variables).
 */
const values: Readonly<Record<string, string>> = {
  __interval: '15s',
  __interval_ms: '15000',
  __rate_interval: '1m',
  __range: '1h',
  __range_s: '3600',
  __range_ms: '3600000',
  __auto: '15s',
  __from: '0',
  __to: '3600000',
};

/** The expression with Grafana's macros replaced by values; other variables are left as they are. */
export function expandMacros(expr: string): string {
  return expr.replace(
    /\$(?:\{(__\w+)(?::\w+)?\}|(__\w+))/g,
    (whole, braced: string | undefined, bare: string | undefined) => {
      return values[braced ?? bare ?? ''] ?? whole;
    },
  );
}
