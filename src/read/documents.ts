import type { Place, Range } from '../model/location.ts';
import { rangeOf } from '../model/location.ts';
import type { ReadFault } from '../model/repository.ts';
import type { Tree } from '../model/tree.ts';
import { followLinks } from './follow-links.ts';
import { parseIni } from './ini-document.ts';
import { parseJson } from './json-document.ts';
import type { Source } from './source.ts';
import { wholeFile } from './source.ts';
import { parseYaml } from './yaml-document.ts';

/** The kinds of file that are parsed. */
export type Format = 'yaml' | 'json' | 'ini';

/** The parsed files of a Tree (each parsed once) and the faults met while reading. */
export interface Documents {
  readonly tree: Tree;
  /** The parsed file, or undefined where there is none or it is no text. Follows symbolic links inside the tree. */
  readonly open: (path: string, format: Format) => Source | undefined;
  readonly text: (path: string) => string | undefined;
  readonly locate: (place: Place) => Range;
  /** Keeps a fault; the same fault at the same place is kept once. */
  readonly report: (fault: ReadFault) => void;
  readonly faults: readonly ReadFault[];
}

const parsers: Readonly<Record<Format, (text: string) => Source>> = { yaml: parseYaml, json: parseJson, ini: parseIni };

/** Opens a Tree for reading. */
export function openDocuments(tree: Tree): Documents {
  const sources = new Map<string, Source | undefined>();
  const faults = new Map<string, ReadFault>();
  const text = (path: string): string | undefined => followLinks(tree, path);
  const open = (path: string, format: Format): Source | undefined => {
    const key = `${format} ${path}`;
    if (!sources.has(key)) {
      const content = text(path);
      sources.set(key, content === undefined ? undefined : parsers[format](content));
    }
    return sources.get(key);
  };
  const locate = (place: Place): Range => {
    const content = text(place.file);
    if (content === undefined) return { line: 1, column: 1, endLine: 1, endColumn: 1 };
    if (place.pointer === undefined) return rangeOf(content, place.span?.[0] ?? 0, place.span?.[1] ?? 0);
    const found = open(place.file, formatOf(place.file))?.find(place.pointer) ?? wholeFile;
    const whole = found.depth === place.pointer.length;
    if (whole && place.span !== undefined && place.part !== 'key')
      return rangeOf(content, found.offset(place.span[0]), found.offset(place.span[1]));
    const empty = found.value[0] === found.value[1];
    const key = place.part === 'key' || !whole || empty ? found.key : undefined;
    const [start, end] = key ?? found.value;
    return rangeOf(content, start, end);
  };
  const report = (fault: ReadFault): void => {
    const key = JSON.stringify([fault.rule, fault.at]);
    if (!faults.has(key)) faults.set(key, fault);
  };
  return {
    tree,
    open,
    text,
    locate,
    report,
    get faults(): readonly ReadFault[] {
      return [...faults.values()];
    },
  };
}

/** The format a path's ending stands for; YAML where it stands for none. */
export function formatOf(path: string): Format {
  if (/\.json$/i.test(path)) return 'json';
  return /\.(ini|cfg|conf)$/i.test(path) ? 'ini' : 'yaml';
}
