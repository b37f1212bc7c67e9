import type { Choices } from './support/samples.ts';

const words = ['app', 'job', 'level', 'msg', 'status', 'by', 'json', 'ip', 'duration', 'é', 'a.b', '5x', '__error__'];
const texts = [
  '"a"',
  '".+"',
  '".*"',
  '""',
  '`(?P<x>\\d+)`',
  '"("',
  '"a\\d"',
  '"<a> <_> <b>"',
  '"<a><b>"',
  '"{{.x}}"',
  '"{{.x"',
  '"10.0.0.0/8"',
  '"10.0.0.1"',
  '"a[0].b"',
  "'a'",
  '"a',
];
const numbers = [
  '1',
  '0',
  '10',
  '0.5',
  '1e3',
  '-1',
  '5m',
  '10kB',
  '10kb',
  '1MiB',
  '2h45m',
  '1.5s',
  '100ms',
  '1d',
  '08',
];
const ranges = ['[5m]', '[1h]', '[1d]', '[5]', '[ 5m]', '[0]', '[5m', '[1h30m]', '[$__interval]'];
const rangeOps =
  'rate rate_counter count_over_time bytes_rate bytes_over_time avg_over_time sum_over_time min_over_time max_over_time stddev_over_time quantile_over_time first_over_time absent_over_time'.split(
    ' ',
  );
const vectorOps = 'sum avg max min count stddev topk bottomk sort sort_desc'.split(' ');
const binary = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '==',
  '!=',
  '>',
  '<',
  '>=',
  '<=',
  'and',
  'or',
  'unless',
  '=',
  '> bool',
  '/ on(app)',
  '* ignoring(app) group_left(level)',
  '+ on()',
];
const comparisons = ['=', '!=', '=~', '!~', '==', '>', '<', '>=', '<='];

/** A query that was written with the grammar in hand, mostly: any of its words may be one that does not fit. */
export function writtenQuery(draw: Choices): string {
  return draw.below(3) === 0 ? logQuery(draw) : metricQuery(draw, 3);
}

/** The query with one word taken out, put in, doubled or exchanged. */
export function mutatedQuery(draw: Choices, query: string): string {
  const parts = query.split(/(\s+|[{}()[\],|=]|"[^"]*")/).filter((part) => part !== '');
  const at = draw.below(parts.length);
  const change = draw.below(4);
  if (change === 0) parts.splice(at, 1);
  else if (change === 1)
    parts.splice(at, 0, draw.oneOf(['(', ')', ',', '|', '{', '}', ' by ', '"x"', '5', 'json', '!=', '[5m]', '#', "'"]));
  else if (change === 2) parts.splice(at, 0, parts[at] ?? '');
  else parts.splice(at, 1, draw.oneOf([...words, ...texts, ...numbers, ...ranges]));
  return parts.join('');
}

function logQuery(draw: Choices): string {
  return `${selector(draw)}${pipeline(draw)}`;
}

function selector(draw: Choices): string {
  const matchers = Array.from({ length: draw.chance(2) ? 0 : 1 + draw.below(2) }, () => {
    const op = draw.oneOf(['=', '=', '=', '=~', '!=', '!~']);
    return `${word(draw)}${op}${mostly(draw, ['"a"', '".+"'], texts)}`;
  });
  return `{${matchers.join(', ')}}`;
}

function word(draw: Choices): string {
  return mostly(draw, words.slice(0, 5), words);
}

function text(draw: Choices): string {
  return mostly(draw, texts.slice(0, 4), texts);
}

function pipeline(draw: Choices): string {
  return Array.from({ length: draw.below(4) }, () => ` ${stage(draw)}`).join('');
}

function stage(draw: Choices): string {
  switch (draw.below(14)) {
    case 0:
      return '| json';
    case 1:
      return mostly(draw, ['| logfmt', '| logfmt --strict', '| logfmt --keep-empty a="b"'], ['| logfmt --other']);
    case 2:
      return `| regexp ${mostly(draw, ['`(?P<x>\\d+)`'], ['"a"', '"(a)"', '"("', '`(?P<x>a)(?P<x>b)`'])}`;
    case 3:
      return `| pattern ${mostly(draw, ['"<a> <_>"', '"<a b> <c>"'], ['"<_>"', '"<a><b>"', '"a"', '"<a> <a>"'])}`;
    case 4:
      return `| line_format ${mostly(draw, ['"{{.x}}"', '"x"', '`{{ .a | lower }}`'], ['"{{.x"', 'x'])}`;
    case 5:
      return `| label_format ${mostly(draw, ['a=b', 'a="{{.b}}"', 'a=b,c=d'], ['a=b,a=c', '__error__="x"', 'a', 'a=b,'])}`;
    case 6:
      return `| ${draw.oneOf(['drop', 'keep'])} ${mostly(draw, ['a', 'a,b', 'a="b"'], ['a=~"("', 'a,', 'a>1'])}`;
    case 7:
      return `| json ${mostly(draw, ['a', 'a="b"', 'a="b.c"', 'a="b[0]"', 'a="b", c'], ['a="["', 'a=b', 'a,'])}`;
    case 8:
      return mostly(draw, ['| unpack', '| decolorize'], ['| unwrap x', '| foo', '|']);
    case 9:
    case 10:
      return `| ${labelFilter(draw)}${draw.below(3) === 0 ? ` ${draw.oneOf(['and', 'or', ',', ''])} ${labelFilter(draw)}` : ''}`;
    case 11:
      return `| ${word(draw)}${mostly(draw, ['=', '!='], ['>'])}ip(${mostly(draw, ['"10.0.0.1"', '"10.0.0.0/8"', '"10.0.0.1-10.0.0.9"'], ['"x"', '10'])})`;
    default:
      return `${draw.oneOf(['|=', '!=', '|~', '!~'])} ${draw.below(9) === 0 ? 'ip("10.0.0.1")' : text(draw)}`;
  }
}

function labelFilter(draw: Choices): string {
  const plain = draw.below(2) === 0;
  const body = plain
    ? `${word(draw)}${draw.oneOf(['=', '!=', '=~', '!~'])}${text(draw)}`
    : `${word(draw)} ${mostly(draw, ['=', '==', '!=', '>', '<='], comparisons)} ${mostly(draw, numbers.slice(0, 4), numbers)}`;
  return draw.below(5) === 0 ? `(${body})` : body;
}

function metricQuery(draw: Choices, depth: number): string {
  const kind = draw.below(depth > 0 ? 9 : 3);
  if (kind < 3) return rangeQuery(draw);
  if (kind < 6) return vectorQuery(draw, depth);
  if (kind === 6)
    return `${metricQuery(draw, depth - 1)} ${mostly(draw, binary.slice(0, 12), binary)} ${metricQuery(draw, depth - 1)}`;
  if (kind === 7)
    return mostly(draw, ['1', '-2', '+3', 'vector(1)', '1 + 1', '(2)', '1e3'], ['vector(x)', '1 or 1', '--1']);
  return draw.below(2) === 0
    ? `(${metricQuery(draw, depth - 1)})`
    : `label_replace(${metricQuery(draw, depth - 1)}, "a", "$1", "b", ${mostly(draw, ['"(.*)"'], ['"("', 'x'])})`;
}

function rangeQuery(draw: Choices): string {
  const op = draw.oneOf(rangeOps);
  const unwrapped = /^(rate_counter|(?!count|bytes|absent).*_over_time)$/.test(op) ? !draw.chance(3) : draw.chance(3);
  const unwrap = unwrapped
    ? mostly(
        draw,
        [' | unwrap x', ' | unwrap duration(x)', ' | unwrap bytes(x)', ' | unwrap x | __error__=""'],
        [' | unwrap f(x)'],
      )
    : '';
  const range = mostly(draw, ranges.slice(0, 3), ranges);
  const lines = `${selector(draw)}${pipeline(draw)}${unwrap}`;
  const body =
    draw.below(8) === 0
      ? `(${lines})${range}`
      : draw.below(10) === 0
        ? `${selector(draw)}${range}${pipeline(draw)}${unwrap}`
        : `${lines} ${range}`;
  const number = op === 'quantile_over_time' ? !draw.chance(3) : draw.chance(2);
  const offset = draw.below(6) === 0 ? mostly(draw, [' offset 5m', ' offset -5m'], [' offset 5', ' offset']) : '';
  return `${op}(${number ? '0.9, ' : ''}${body}${offset})${(/^(avg|stddev|quantile|max|min|first)_over/.test(op) ? draw.below(3) === 0 : draw.chance(3)) ? grouping(draw) : ''}`;
}

function vectorQuery(draw: Choices, depth: number): string {
  const op = draw.oneOf(vectorOps);
  const number = /topk|bottomk/.test(op) ? !draw.chance(3) : draw.chance(2);
  const inner = draw.chance(3) ? logQuery(draw) : metricQuery(draw, depth - 1);
  const [before, after] = draw.oneOf([
    ['', ''],
    [grouping(draw), ''],
    ['', grouping(draw)],
    [grouping(draw), draw.chance(10) ? grouping(draw) : ''],
  ]);
  return `${op}${before ?? ''} (${number ? mostly(draw, ['5, ', '5,'], ['0, ', '1.5, ']) : ''}${inner})${after ?? ''}`;
}

function grouping(draw: Choices): string {
  return ` ${draw.oneOf(['by', 'without'])} (${mostly(draw, ['', word(draw), `${word(draw)}, ${word(draw)}`], ['a,'])})`;
}

/** One of the good, and now and then one of the others. */
function mostly<T>(draw: Choices, good: readonly T[], others: readonly T[]): T {
  return draw.oneOf(draw.chance(6) ? others : good);
}
