/** The types of PromQL. */
export type PromqlType = 'scalar' | 'vector' | 'matrix' | 'string';

/** The arguments of a function and what it returns. */
export interface Signature {
  readonly args: readonly PromqlType[];
  /** Arguments that must be given. */
  readonly least: number;
  /** The last argument may be repeated. */
  readonly repeated: boolean;
  readonly returns: PromqlType;
}

const letters: Readonly<Record<string, PromqlType>> = { v: 'vector', m: 'matrix', n: 'scalar', s: 'string' };

// One letter for an argument: v vector, m range vector, n scalar, s string; ? after one that may be left out,
// * after one that may be repeated or left out. Source: https://prometheus.io/docs/prometheus/2.47/querying/functions/.
const table = `abs:v absent:v absent_over_time:m acos:v acosh:v asin:v asinh:v atan:v atanh:v avg_over_time:m ceil:v
changes:m clamp:vnn clamp_max:vn clamp_min:vn cos:v cosh:v count_over_time:m days_in_month:v? day_of_month:v?
day_of_week:v? day_of_year:v? deg:v delta:m deriv:m exp:v floor:v histogram_count:v histogram_sum:v histogram_stddev:v
histogram_stdvar:v histogram_fraction:nnv histogram_quantile:nv holt_winters:mnn hour:v? idelta:m increase:m irate:m
label_replace:vssss label_join:vsss* last_over_time:m ln:v log10:v log2:v max_over_time:m min_over_time:m minute:v?
month:v? pi: predict_linear:mn present_over_time:m quantile_over_time:nm rad:v rate:m resets:m round:vn? scalar:v sgn:v
sin:v sinh:v sort:v sort_desc:v sqrt:v stddev_over_time:m stdvar_over_time:m sum_over_time:m tan:v tanh:v time:
timestamp:v vector:n year:v?`;

/** The functions of Prometheus 2.47. */
export const functions: ReadonlyMap<string, Signature> = new Map(
  table.split(/\s+/).map((entry) => {
    const [name = '', written = ''] = entry.split(':');
    return [name, signatureOf(name, written)];
  }),
);

/** Aggregations that take a parameter before the vector, and its type; the others take the vector alone. */
export const parameters: ReadonlyMap<string, PromqlType> = new Map<string, PromqlType>([
  ['topk', 'scalar'],
  ['bottomk', 'scalar'],
  ['quantile', 'scalar'],
  ['count_values', 'string'],
]);

function signatureOf(name: string, written: string): Signature {
  const args = [...written.matchAll(/[vmns]/g)].flatMap(([letter]) => letters[letter] ?? []);
  const optional = (written.match(/[?*]/g) ?? []).length;
  return {
    args,
    least: args.length - optional,
    repeated: written.endsWith('*'),
    returns: ['pi', 'time', 'scalar'].includes(name) ? 'scalar' : 'vector',
  };
}
