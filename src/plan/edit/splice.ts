/** A replacement of the characters from `start` to `end` (exclusive). Everything else of the text stays. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Why an edit cannot be made, and where in the text. */
export interface SpliceProblem {
  readonly problem: string;
  readonly at?: number;
}

/** The text with a splice made. */
export function spliced(text: string, { start, end, text: replacement }: Splice): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The offset at which the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset at which the line of an offset ends, before its line end. */
export function lineStop(text: string, offset: number): number {
  const next = text.indexOf('\n', offset);
  if (next === -1) return text.length;
  return text[next - 1] === '\r' && next > offset ? next - 1 : next;
}

/** The offset at which the next line starts, or the text's end. */
export function nextLine(text: string, offset: number): number {
  const next = text.indexOf('\n', offset);
  return next === -1 ? text.length : next + 1;
}

/** The white space an offset's line begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Whether only white space stands before an offset on its line. */
export function opensLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}
