import type { ScalarStyle } from './scalar-offset.ts';
import { flowItem, keyAt, plainValue, quotedAt } from './yaml-scalars.ts';

/** What is made of the parts of a document. Offsets are those of the `yaml` library's ranges. */
export interface Builder<N, M, S> {
  readonly scalar: (value: string | number | boolean | null, start: number, end: number, style: ScalarStyle) => N;
  readonly map: () => M;
  /** False where the key is there already. */
  readonly put: (map: M, key: string, value: N, keyStart: number, keyEnd: number) => boolean;
  readonly list: () => S;
  readonly push: (list: S, value: N) => void;
  /** Called once for every collection, when it is complete. */
  readonly close: (collection: M | S, start: number, end: number) => N;
}

/** Thrown inside the reader alone: the text uses more of YAML than is read here. */
const notPlain = Symbol('not plain YAML');
const deepest = 100;

/**
 * Reads the YAML that most files are written in: one document of block collections, scalars that end on their line,
 * block scalars, and lists of scalars in brackets. Undefined for everything else, faults included: then the library
 * has the word. What is read here is read exactly as the library does (`plain-yaml.test.ts` holds this).
 */
export function readPlainYaml<N, M, S>(text: string, builder: Builder<N, M, S>): N | undefined {
  if (/[\r\ufeff\x85\u2028\u2029]/.test(text)) return undefined;
  try {
    return new Reader(text, builder).document();
  } catch (cause) {
    if (cause === notPlain) return undefined;
    throw cause;
  }
}

class Reader<N, M, S> {
  readonly #text: string;
  readonly #make: Builder<N, M, S>;
  /** The current line that is neither blank nor a comment: its indent (-1 after the last), first character and end. */
  #indent = -1;
  #at = 0;
  #eol = -1;
  /** The deepest comment on the way to the current line that belongs to no value; -1 where there is none. */
  #comment = -1;
  /** Where the last value ends, its comment and line break included. */
  #end = 0;
  #depth = 0;

  constructor(text: string, make: Builder<N, M, S>) {
    this.#text = text;
    this.#make = make;
  }

  document(): N {
    this.#next(0);
    if (this.#indent === 0 && this.#text.startsWith('---\n', this.#at)) this.#next(this.#eol + 1);
    if (this.#indent !== 0) throw notPlain;
    const root = this.#block();
    if (!this.#ended()) throw notPlain;
    return root;
  }

  #ended(): boolean {
    return this.#indent === -1;
  }

  /**
   * Goes to the next line that holds something, from the start of a line on. The library counts comments that are
   * indented deeper than the collection as part of the value before them.
   */
  #next(from: number, indent = Number.POSITIVE_INFINITY): void {
    const text = this.#text;
    this.#comment = -1;
    for (let start = from; start < text.length; start = this.#eol + 1) {
      let at = start;
      while (text.charCodeAt(at) === 0x20) at += 1;
      const eol = text.indexOf('\n', at);
      this.#eol = eol === -1 ? text.length : eol;
      if (at === this.#eol) continue;
      const code = text.charCodeAt(at);
      if (code === 0x23) {
        if (this.#comment === -1 && at - start > indent) this.#end = Math.min(this.#eol + 1, text.length);
        else this.#comment = Math.max(this.#comment, at - start);
        continue;
      }
      if (code === 0x09) throw notPlain;
      this.#at = at;
      this.#indent = at - start;
      return;
    }
    this.#indent = -1;
  }

  #block(): N {
    this.#depth += 1;
    if (this.#depth > deepest) throw notPlain;
    const found = this.#atDash() ? this.#list(this.#indent) : this.#map(this.#indent);
    this.#depth -= 1;
    return found;
  }

  #atDash(): boolean {
    if (this.#text.charCodeAt(this.#at) !== 0x2d) return false;
    const after = this.#at + 1;
    return after === this.#eol || this.#text.charCodeAt(after) === 0x20;
  }

  #list(indent: number): N {
    const start = this.#at;
    const list = this.#make.list();
    while (this.#indent === indent && this.#atDash()) {
      const at = this.#skipSpace(this.#at + 1);
      if (at === this.#eol || this.#text.charCodeAt(at) === 0x23) throw notPlain;
      if (keyAt(this.#text, at, this.#eol) === undefined) this.#make.push(list, this.#inline(at, indent));
      else {
        this.#indent += at - this.#at;
        this.#at = at;
        this.#make.push(list, this.#block());
      }
    }
    if (this.#indent > indent) throw notPlain;
    return this.#closed(list, start, indent);
  }

  /** Comments behind a collection that are not indented less are its own, for what holds the collection. */
  #closed(collection: M | S, start: number, indent: number): N {
    const made = this.#make.close(collection, start, this.#end);
    if (indent > 0 && this.#comment >= indent) {
      this.#end = this.#ended() ? this.#text.length : this.#at;
      this.#comment = -1;
    }
    return made;
  }

  #map(indent: number): N {
    const start = this.#at;
    const map = this.#make.map();
    while (this.#indent === indent) {
      const key = keyAt(this.#text, this.#at, this.#eol);
      if (key === undefined) break;
      const from = this.#at;
      const value = this.#valueOf(key.end + 1, indent);
      if (!this.#make.put(map, key.text, value, from, key.end)) throw notPlain;
    }
    if (this.#indent > indent || this.#end === 0) throw notPlain;
    return this.#closed(map, start, indent);
  }

  /** The value after a key's colon: on its line, or below it. */
  #valueOf(from: number, indent: number): N {
    const at = this.#skipSpace(from);
    const comment = this.#text.charCodeAt(at) === 0x23;
    if (at !== this.#eol && !comment) return this.#inline(at, indent);
    if (comment && at === from) throw notPlain;
    this.#next(this.#eol + 1);
    if (this.#indent > indent || (this.#indent === indent && this.#atDash())) return this.#block();
    // Where an empty value ends depends on the comments around it.
    if (comment || this.#comment !== -1) throw notPlain;
    this.#end = at;
    return this.#make.scalar(null, at, at, 'plain');
  }

  #inline(at: number, indent: number): N {
    const char = this.#text.charAt(at);
    if (char === '|' || char === '>') return this.#blockScalar(at, indent);
    if (char === '[') return this.#brackets(at, indent);
    if (char === '"' || char === "'") {
      const quoted = quotedAt(this.#text, at, this.#eol);
      if (quoted === undefined) throw notPlain;
      this.#finish(quoted.end, indent);
      return this.#make.scalar(quoted.text, at, quoted.end, char === '"' ? 'double' : 'single');
    }
    const plain = plainValue(this.#text, at, this.#eol);
    if (plain === undefined) throw notPlain;
    this.#finish(plain.end, indent);
    return this.#make.scalar(plain.value, at, plain.end, 'plain');
  }

  /** A list of scalars in brackets, on one line. */
  #brackets(start: number, indent: number): N {
    const list = this.#make.list();
    let at = this.#skipSpace(start + 1);
    while (this.#text.charCodeAt(at) !== 0x5d) {
      const item = flowItem(this.#text, at, this.#eol);
      if (item === undefined) throw notPlain;
      this.#make.push(list, this.#make.scalar(item.value, at, item.end, item.style));
      at = this.#skipSpace(item.end);
      if (this.#text.charCodeAt(at) === 0x2c) at = this.#skipSpace(at + 1);
      else if (this.#text.charCodeAt(at) !== 0x5d) throw notPlain;
    }
    const made = this.#make.close(list, start, at + 1);
    this.#finish(at + 1, indent);
    return made;
  }

  #blockScalar(start: number, indent: number): N {
    const text = this.#text;
    const folded = text.charAt(start) === '>';
    const strip = text.charAt(start + 1) === '-';
    if (start + (strip ? 2 : 1) !== this.#eol) throw notPlain;
    const lines: string[] = [];
    let depth = 0;
    let end = this.#eol + 1;
    let blank = 0;
    for (let from = end; from < text.length; ) {
      const found = text.indexOf('\n', from);
      const eol = found === -1 ? text.length : found;
      let at = from;
      while (text.charCodeAt(at) === 0x20) at += 1;
      if (at >= eol) blank += 1;
      else {
        if (at - from <= indent) break;
        if (depth === 0) depth = at - from;
        if (at - from < depth || text.charCodeAt(at) === 0x09 || (folded && (at - from > depth || blank > 0)))
          throw notPlain;
        if (lines.length === 0 && blank > 0) throw notPlain;
        for (; blank > 0; blank -= 1) lines.push('');
        lines.push(text.slice(from + depth, eol));
        end = Math.min(eol + 1, text.length);
      }
      // A blank line that is longer than the indent is content.
      if (at >= eol && at - from > Math.max(0, indent)) throw notPlain;
      from = eol + 1;
    }
    if (lines.length === 0) throw notPlain;
    if (folded && lines.some((line) => /[ \t]$/.test(line))) throw notPlain;
    this.#end = end;
    this.#next(end);
    const value = lines.join(folded ? ' ' : '\n') + (strip ? '' : '\n');
    return this.#make.scalar(value, start, end, folded ? 'folded' : 'literal');
  }

  /** Nothing but a comment may follow a value on its line. */
  #finish(from: number, indent: number): void {
    const at = this.#skipSpace(from);
    if (at !== this.#eol && (at === from || this.#text.charCodeAt(at) !== 0x23)) throw notPlain;
    this.#end = Math.min(this.#eol + 1, this.#text.length);
    this.#next(this.#eol + 1, indent);
  }

  #skipSpace(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) === 0x20) at += 1;
    if (this.#text.charCodeAt(at) === 0x09) throw notPlain;
    return at;
  }
}
