import type { Place } from '../../model/location.ts';
import type { VariableUse } from '../../model/stack.ts';
import type { Documents } from '../documents.ts';
import { openMapping } from '../open-mapping.ts';
import { baseOf, folderOf, insideRepository } from '../paths.ts';
import type { Mapping } from '../values.ts';
import { includedFiles } from './include.ts';
import { interpolate } from './interpolate.ts';
import { mergeParts } from './merge.ts';
import type { Expand, Part } from './part.ts';
import { entriesOf, partAt, partOf, textOf } from './part.ts';
import type { Variables } from './variables.ts';
import { extendVariables, projectVariables } from './variables.ts';

const sections = ['services', 'volumes', 'networks', 'secrets', 'configs'] as const;
type Section = (typeof sections)[number];

/** A compose file after merge keys, variables, `include` and `extends`. */
export interface ComposeModel {
  readonly file: string;
  /** The other files that `include` and `extends` brought in. */
  readonly partFiles: readonly string[];
  /** Those that `include` brought in: what they declare runs in this project. */
  readonly included: readonly string[];
  /** The file itself and those it includes, as they are written. */
  readonly sources: readonly { readonly file: string; readonly value: Mapping }[];
  readonly name?: string;
  readonly sections: Readonly<Record<Section, ReadonlyMap<string, Part>>>;
  readonly variables: readonly VariableUse[];
  /** The folder a part's relative paths start from. */
  readonly folder: (part: Part) => string;
  /** The value of a variable of the project (`.env`). */
  readonly lookup: (name: string) => string | undefined;
}

/**
 * Loads a compose file; undefined where it does not parse. What cannot be resolved is reported:
 * `compose/unresolved-include`, `compose/unresolved-extends`, `compose/invalid-interpolation`.
 */
export function loadCompose(documents: Documents, file: string): ComposeModel | undefined {
  const uses: VariableUse[] = [];
  const roots = new Map<string, Part | undefined>();
  const values = new Map<string, Mapping>();
  const loaded = new Set<string>();
  const folders = new Map<string, string>();
  const included = new Set<string>();
  const found = new Map<Section, Map<string, Part>>(sections.map((section) => [section, new Map()]));

  const rootOf = (path: string, variables: Variables): Part | undefined => {
    if (!roots.has(path)) {
      const value = openMapping(documents, path, {}, 'yaml');
      if (value !== undefined) values.set(path, value);
      const expand = expander(documents, variables, uses);
      roots.set(path, value === undefined ? undefined : partOf(value, path, [], expand));
    }
    return roots.get(path);
  };

  const serviceOf = (path: string, name: string, variables: Variables, trail: readonly string[]): Part | undefined => {
    const own = partAt(rootOf(path, variables), 'services', name);
    const wanted = partAt(own, 'extends');
    if (own === undefined || wanted === undefined) return own;
    const step = `${path}#${name}`;
    const from = textOf(partAt(wanted, 'file'));
    const other = from === undefined ? path : insideRepository(folders.get(path) ?? folderOf(path), from);
    const service = textOf(wanted) ?? textOf(partAt(wanted, 'service')) ?? '';
    const looped = trail.includes(step);
    const base = looped || other === undefined ? undefined : serviceOf(other, service, variables, [...trail, step]);
    if (base === undefined) {
      const reason = looped ? 'leads back to itself' : `is not in ${from === undefined ? 'this file' : `"${from}"`}`;
      documents.report({
        rule: 'compose/unresolved-extends',
        at: wanted.at,
        message: `Service "${name}" extends "${service}", which ${reason}, so compose refuses the file`,
      });
      return own;
    }
    return mergeParts(base, own);
  };

  const load = (path: string, variables: Variables, trail: readonly string[]): boolean => {
    const root = rootOf(path, variables);
    if (root === undefined) return false;
    loaded.add(path);
    for (const entry of includedFiles(documents, root, folders.get(path) ?? folderOf(path), [...trail, path])) {
      included.add(entry.file);
      if (entry.folder !== undefined) folders.set(entry.file, entry.folder);
      const folder = entry.folder ?? folderOf(entry.file);
      load(entry.file, extendVariables(documents, variables, folder, entry.envFiles), [...trail, path]);
    }
    for (const section of sections) {
      for (const [name, part] of entriesOf(partAt(root, section))) {
        const whole = section === 'services' ? (serviceOf(path, name, variables, []) ?? part) : part;
        const below = found.get(section)?.get(name);
        found.get(section)?.set(name, below === undefined ? whole : mergeParts(below, whole));
      }
    }
    return true;
  };

  const variables = projectVariables(documents, folderOf(file));
  if (!load(file, variables, [])) return undefined;
  const name = textOf(partAt(roots.get(file), 'name')) ?? variables.get('COMPOSE_PROJECT_NAME');
  const of = (section: Section): ReadonlyMap<string, Part> => found.get(section) ?? new Map();
  return {
    file,
    sources: [...loaded].flatMap((path) => {
      const value = values.get(path);
      return value === undefined ? [] : [{ file: path, value }];
    }),
    partFiles: [...roots.keys()].filter((path) => path !== file),
    included: [...included],
    ...(name === undefined ? {} : { name }),
    sections: {
      services: of('services'),
      volumes: of('volumes'),
      networks: of('networks'),
      secrets: of('secrets'),
      configs: of('configs'),
    },
    variables: uses,
    folder: (part) => folders.get(part.at.file) ?? folderOf(part.at.file),
    lookup: (variable) => variables.get(variable),
  };
}

/** The project's name as compose makes it from a folder's name; the repository's root has none, and gives `default`. */
export function projectName(file: string): string {
  const name = baseOf(folderOf(file))
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');
  return name === '' ? 'default' : name;
}

function expander(documents: Documents, variables: Variables, uses: VariableUse[]): Expand {
  return (text: string, at: Place) => {
    if (!text.includes('$') || String(at.pointer?.[0] ?? '').startsWith('x-')) return { text, open: false };
    const expanded = interpolate(text, (name) => variables.get(name));
    for (const { name, value, defaulted, span } of expanded.uses)
      uses.push({ name, ...(value === undefined ? {} : { value }), defaulted, at: { ...at, span } });
    if (expanded.invalid !== undefined) {
      documents.report({
        rule: 'compose/invalid-interpolation',
        at: { ...at, span: expanded.invalid },
        message: 'The "${" here starts no variable, so compose refuses the file',
        hint: 'Write "$${" where it is meant literally',
      });
    }
    return expanded;
  };
}
