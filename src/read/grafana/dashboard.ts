import type { AnnotationQuery, Dashboard, DatasourceRef, Panel, PanelQuery, Variable } from '../../model/grafana.ts';
import type { Pointer } from '../../model/location.ts';
import type { Documents } from '../documents.ts';
import { openMapping } from '../open-mapping.ts';
import type { Mapping } from '../values.ts';
import { flagAt, isMapping, listAt, optional, textValue, valueAt } from '../values.ts';

/** A dashboard file; keys written twice in it are reported as `grafana/duplicate-key`. */
export function dashboardOf(documents: Documents, file: string, provider: string, folder: string): Dashboard {
  const value = openMapping(documents, file, { duplicate: 'grafana/duplicate-key' }, 'json');
  return {
    file,
    provider,
    folder,
    ...optional('uid', textValue(value, 'uid') || undefined),
    ...optional('title', textValue(value, 'title')),
    panels: [
      ...panelsOf(file, value, ['panels']),
      ...listAt(value, 'rows').flatMap((row, index) => panelsOf(file, row, ['rows', index, 'panels'], repeatOf(row))),
    ],
    variables: listAt(value, 'templating', 'list').flatMap((variable, index) =>
      isMapping(variable) ? [variableOf(file, variable, ['templating', 'list', index])] : [],
    ),
    annotations: listAt(value, 'annotations', 'list').flatMap((entry, index) =>
      isMapping(entry) ? annotationOf(file, entry, ['annotations', 'list', index]) : [],
    ),
    ...optional('value', value),
    at: { file, pointer: [] },
  };
}

/**
 * Panels of a list, rows opened; a library panel has no queries of its own. An open row reaches to the next one, a closed
 * one holds its panels itself.
 */
function panelsOf(file: string, holder: unknown, pointer: Pointer, row: readonly string[] = []): Panel[] {
  let around = row;
  return listAt(holder, 'panels').flatMap((panel, index) => {
    if (!isMapping(panel)) return [];
    const here: Pointer = [...pointer, index];
    const id = valueAt(panel, 'id');
    const above = referenceOf(file, panel, here);
    const own = repeatOf(panel);
    const isRow = textValue(panel, 'type') === 'row';
    if (isRow) around = own;
    const repeats = isRow ? [] : [...around, ...own];
    return [
      {
        ...optional('id', typeof id === 'number' ? id : undefined),
        title: textValue(panel, 'title') ?? textValue(panel, 'libraryPanel', 'name') ?? '',
        type: textValue(panel, 'type') ?? '',
        // What a row has kept of them is never asked.
        queries: (isRow ? [] : listAt(panel, 'targets')).flatMap((target, place) =>
          isMapping(target) ? [queryOf(file, target, [...here, 'targets', place], above)] : [],
        ),
        ...optional('repeats', repeats.length === 0 ? undefined : repeats),
        ...optional('library', libraryOf(panel)),
        at: { file, pointer: here },
      },
      ...panelsOf(file, panel, [...here, 'panels'], around),
    ];
  });
}

function repeatOf(holder: unknown): string[] {
  const name = textValue(holder, 'repeat') ?? '';
  return name === '' ? [] : [name];
}

function libraryOf(panel: Mapping): Panel['library'] {
  const uid = textValue(panel, 'libraryPanel', 'uid');
  return uid === undefined ? undefined : { uid, name: textValue(panel, 'libraryPanel', 'name') ?? uid };
}

/** Prometheus and Loki have the expression beside the name, newer datasources in `target`. */
function annotationOf(file: string, entry: Mapping, pointer: Pointer): AnnotationQuery {
  const route = textValue(entry, 'expr') === undefined ? ['target', 'expr'] : ['expr'];
  const expr = textValue(entry, ...route);
  return {
    name: textValue(entry, 'name') ?? '',
    ...optional(
      'expr',
      expr === undefined ? undefined : { value: expr, at: { file, pointer: [...pointer, ...route] } },
    ),
    ...optional('datasource', referenceOf(file, entry, pointer)),
    value: entry,
    at: { file, pointer },
  };
}

function queryOf(file: string, target: Mapping, pointer: Pointer, above: DatasourceRef | undefined): PanelQuery {
  const expr = textValue(target, 'expr');
  return {
    refId: textValue(target, 'refId') ?? '',
    ...optional('expr', expr === undefined ? undefined : { value: expr, at: { file, pointer: [...pointer, 'expr'] } }),
    ...optional('datasource', referenceOf(file, target, pointer) ?? above),
    instant: flagAt(target, 'instant') ?? false,
    hidden: flagAt(target, 'hide') ?? false,
    value: target,
    at: { file, pointer },
  };
}

/** A datasource as written: a text is a name, or a uid in a reference of newer form; null is none. */
function referenceOf(file: string, holder: Mapping, pointer: Pointer): DatasourceRef | undefined {
  const written = valueAt(holder, 'datasource');
  const at = { file, pointer: [...pointer, 'datasource'] };
  if (typeof written === 'string') return { name: written, at };
  if (!isMapping(written)) return undefined;
  const uid = textValue(written, 'uid');
  const type = textValue(written, 'type');
  return { ...optional('uid', uid), ...optional('type', type), at };
}

function variableOf(file: string, variable: Mapping, pointer: Pointer): Variable {
  return {
    name: textValue(variable, 'name') ?? '',
    type: textValue(variable, 'type') ?? '',
    ...optional('query', textValue(variable, 'query') ?? textValue(variable, 'query', 'query')),
    ...optional('datasource', referenceOf(file, variable, pointer)),
    value: variable,
    at: { file, pointer },
  };
}
