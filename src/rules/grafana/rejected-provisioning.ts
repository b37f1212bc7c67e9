import type { FindingDraft } from '../../model/finding.ts';
import { isMapping, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf, placeIn } from './around.ts';
import { isVersioned } from './unknown-provisioning-key.ts';

const lists: Readonly<Record<string, readonly string[]>> = {
  datasources: ['datasources', 'deleteDatasources'],
  dashboards: ['providers'],
  plugins: ['apps'],
  alerting: ['groups', 'contactPoints', 'policies', 'templates', 'muteTimes'],
};

/**
 * Datasources, plugins and alerting are provisioned before Grafana serves, dashboards right after: what cannot be read as it
 * should ends the process (https://github.com/grafana/grafana/tree/v10.2.0/pkg/services/provisioning).
 */
export const rejectedProvisioning = defineRule({
  id: 'grafana/rejected-provisioning',
  severity: 'error',
  over: 'grafana',
  claim: 'Every provisioning file has the shape that Grafana reads.',
  check: (grafana) => {
    const shapes = (grafana.provisioned ?? []).flatMap(({ kind, file, value }): FindingDraft[] => {
      if (kind === 'dashboards' && isMapping(value) && 'providers' in value && !isVersioned(value)) {
        const message = `"${file}" has no "apiVersion", so Grafana takes it for a list of providers, cannot read it and ends`;
        return [
          { at: { file, pointer: ['providers'], part: 'key' }, message, hint: 'Write "apiVersion: 1" at its top' },
        ];
      }
      return (lists[kind] ?? []).flatMap((list): FindingDraft[] => {
        const held = valueAt(value, list);
        if (held === undefined || held === null || Array.isArray(held)) return [];
        const message = `"${list}" of "${file}" is no list, so Grafana cannot read it and ends as it starts`;
        return [{ at: { file, pointer: [list] }, message, hint: 'Write each entry with a dash' }];
      });
    });
    return [...shapes, ...providers(grafana), ...apps(grafana)];
  },
});

type Grafana = Parameters<typeof entriesOf>[0];

function providers(grafana: Grafana): FindingDraft[] {
  return entriesOf(grafana, 'dashboards', 'providers').flatMap((entry): FindingDraft[] => {
    const { value } = entry;
    const name = `Provider "${textValue(value, 'name') ?? ''}"`;
    const type = textValue(value, 'type') ?? '';
    if (type !== '' && type !== 'file') {
      const message = `${name} is of the type "${type}", and Grafana knows "file" alone, so it ends`;
      return [{ at: placeIn(entry, 'type'), message, hint: 'Write "type: file"' }];
    }
    const path = valueAt(value, 'options', 'path') ?? valueAt(value, 'options', 'folder');
    if (typeof path !== 'string') {
      const message = `${name} has no "path" in its options, so Grafana ends`;
      return [{ at: placeIn(entry, 'options'), message, hint: 'Write the folder of the dashboards' }];
    }
    const folders = textValue(value, 'options', 'foldersFromFilesStructure') === 'true';
    const named = ['folder', 'folderUid'].every((key) => (textValue(value, key) ?? '') !== '');
    if (!folders || !named) return [];
    const message = `${name} names a folder and takes "foldersFromFilesStructure", which exclude each other, so Grafana ends`;
    return [{ at: placeIn(entry, 'folder'), message, hint: 'Take "folder" and "folderUid" away' }];
  });
}

function apps(grafana: Grafana): FindingDraft[] {
  return entriesOf(grafana, 'plugins', 'apps').flatMap((entry): FindingDraft[] => {
    if ((textValue(entry.value, 'type') ?? '') !== '') return [];
    return [
      {
        at: entry.at,
        message: `An app has no "type", so Grafana ends as it starts`,
        hint: 'Write the id of the plugin',
      },
    ];
  });
}
