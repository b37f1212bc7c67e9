import { kept } from '../../query/kept.ts';

/** A command of a script: its first word, and everything up to the next one. */
export interface Command {
  readonly word: string;
  /** The whole command as written. */
  readonly text: string;
  /** Offset of the word in the script. */
  readonly start: number;
  /** What parts it from the command before: `&&`, `||`, `|`, `;`, a new line, an opening bracket. */
  readonly after: string;
}

const filler = '·';

/**
 * A shell script with what is no command of its own shell hidden: quoted text (dots), comments and the bodies of
 * here documents (blanks), which another shell or another machine may read. Offsets stay.
 */
export function maskShell(text: string): string {
  let masked = '';
  let heredoc: string | undefined;
  const hide = (end: number, from: number, mark = ' '): number => {
    masked += text.slice(from, end).replace(/[^\n]/g, mark);
    return end;
  };
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (char === '\n' && heredoc !== undefined) {
      masked += '\n';
      const end = endOfHeredoc(text, at + 1, heredoc);
      heredoc = undefined;
      at = hide(end, at + 1);
    } else if (char === '\\') {
      masked += text.slice(at, at + 2);
      at += 2;
    } else if (char === "'" || char === '"') {
      const close = closing(text, at);
      masked += char;
      at = hide(close, at + 1, filler);
      if (at < text.length) masked += text.charAt(at);
      at += 1;
    } else if (char === '#' && /^$|[\s;&|(]/.test(text.charAt(at - 1))) {
      const eol = text.indexOf('\n', at);
      at = hide(eol === -1 ? text.length : eol, at);
    } else {
      const opened = char === '<' ? /^<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(text.slice(at, at + 80)) : null;
      if (opened !== null && text.charAt(at - 1) !== '<') heredoc = opened[2];
      const length = opened === null ? 1 : opened[0].length;
      masked += text.slice(at, at + length);
      at += length;
    }
  }
  return masked;
}

function closing(text: string, at: number): number {
  const quote = text.charAt(at);
  for (let end = at + 1; end < text.length; end += 1) {
    if (quote === '"' && text.charAt(end) === '\\') end += 1;
    else if (text.charAt(end) === quote) return end;
  }
  return text.length;
}

function endOfHeredoc(text: string, from: number, word: string): number {
  for (let start = from; start < text.length; ) {
    const eol = text.indexOf('\n', start);
    const end = eol === -1 ? text.length : eol;
    if (text.slice(start, end).trim() === word) return end;
    start = end + 1;
  }
  return text.length;
}

const parted = /&&|\|\||[;|(){}\n]|(?<=\s)&(?=\s|$)/g;
const before = /^(?:(?:if|then|else|elif|do|while|until|!|time|exec|sudo|nohup|env)\s+|[A-Za-z_]\w*=\S*\s+)+/;

/** The commands that a script's own shell runs, in order. */
export const commandsOf: (text: string) => readonly Command[] = kept(commandsIn);

function commandsIn(text: string): readonly Command[] {
  // A line that goes on in the next one is one command.
  const masked = maskShell(text).replace(/\\\n/g, '  ');
  const found: Command[] = [];
  let start = 0;
  let after = '';
  for (const mark of [...masked.matchAll(parted), undefined]) {
    const end = mark?.index ?? masked.length;
    const piece = masked.slice(start, end);
    const lead = piece.length - piece.trimStart().length;
    const skipped = before.exec(piece.slice(lead))?.[0].length ?? 0;
    const word = /^[^\s<>]+/.exec(piece.slice(lead + skipped))?.[0];
    const offset = start + lead + skipped;
    if (word !== undefined && !word.includes(filler))
      found.push({ word, text: text.slice(offset, end).trim(), start: offset, after });
    else if (word !== undefined) found.push({ word: '', text: text.slice(offset, end).trim(), start: offset, after });
    after = mark?.[0] ?? '';
    start = end + after.length;
  }
  return found;
}
