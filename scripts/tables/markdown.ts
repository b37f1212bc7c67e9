import type { Tally } from './kills.ts';

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The heads of a tally's cells. */
export const tallyHead = ['runs', 'before', 'after, files to follow', 'after', 'between', 'ended by the next run'];

/** A tally's cells. */
export function tallyCells({ runs, before, following, after, ended }: Tally): (string | number)[] {
  return [runs, before, following, after, runs - before - following - after, `${ended} of ${runs}`];
}
