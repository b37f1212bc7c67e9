import type { GrafanaConfig } from '../../model/grafana.ts';
import type { Place } from '../../model/location.ts';
import { flagAt, listAt, textValue } from '../../read/values.ts';

/** A datasource as a provisioning file has it, before Grafana looks at the others. */
export interface ProvisionedSource {
  readonly name: string;
  readonly uid?: string;
  readonly org: string;
  readonly isDefault: boolean;
  readonly at: Place;
}

/**
 * Every datasource of every file. A file without `apiVersion` is of the older form, with `is_default` and `org_id`
 * (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/provisioning/datasources/config_reader.go).
 */
export function provisionedSources(grafana: GrafanaConfig): ProvisionedSource[] {
  const files = (grafana.provisioned ?? []).filter(({ kind }) => kind === 'datasources');
  return files.flatMap(({ file, value }) => {
    const older = !(Number(textValue(value, 'apiVersion') ?? 0) > 0);
    return listAt(value, 'datasources').map((source, index) => {
      const org = textValue(source, older ? 'org_id' : 'orgId') ?? '1';
      const uid = textValue(source, 'uid') ?? '';
      return {
        name: textValue(source, 'name') ?? '',
        ...(uid === '' ? {} : { uid }),
        org: org === '0' || org === '' ? '1' : org,
        isDefault: flagAt(source, older ? 'is_default' : 'isDefault') ?? false,
        at: { file, pointer: ['datasources', index] },
      };
    });
  });
}
