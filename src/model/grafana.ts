import type { Located, Place } from './location.ts';

/** Grafana of one service: settings, provisioning and dashboards, as Grafana 10.2 would find them. */
export interface GrafanaConfig {
  readonly service: string;
  /** grafana.ini in the repository, where it is mounted. */
  readonly iniFile?: string;
  /** `section.key` → value after GF_ environment overrides (`.key` in the default section). */
  readonly settings: ReadonlyMap<string, Located<string>>;
  /** Settings of the file that a variable of the environment sets as well. */
  readonly overridden?: readonly {
    readonly setting: string;
    readonly file: Located<string>;
    readonly by: Located<string>;
  }[];
  /** The provisioning folder in the repository. */
  readonly provisioning?: string;
  readonly datasources: readonly Datasource[];
  readonly providers: readonly DashboardProvider[];
  readonly dashboards: readonly Dashboard[];
  /** Alert rules that Grafana itself evaluates. */
  readonly alerts?: readonly ManagedAlert[];
  /** Every provisioning file that Grafana reads, with the folder it lies in (`alerting`, …); no value where it does not parse. */
  readonly provisioned?: readonly { readonly kind: string; readonly file: string; readonly value?: unknown }[];
  /** Files below the provisioning folder that Grafana never reads. */
  readonly unread: readonly string[];
}

/** A provisioned datasource. `uid` is computed as Grafana does where none is written. */
export interface Datasource {
  readonly name: string;
  readonly type: string;
  readonly uid: string;
  readonly url?: Located<string>;
  /** `proxy` where nothing is written. */
  readonly access?: string;
  readonly isDefault: boolean;
  readonly at: Place;
}

/** A dashboard provider and the repository folder it reads (undefined: not in the repository). */
export interface DashboardProvider {
  readonly name: string;
  /** The number of the organisation it loads for; 1 where none is written. */
  readonly org?: string;
  readonly folder: string;
  readonly folderUid?: string;
  readonly path: string;
  readonly repoPath?: string;
  readonly at: Place;
}

/** A dashboard file a provider reads. */
export interface Dashboard {
  readonly file: string;
  readonly provider: string;
  readonly org?: string;
  readonly folder: string;
  readonly uid?: string;
  readonly title?: string;
  readonly panels: readonly Panel[];
  readonly variables: readonly Variable[];
  readonly annotations: readonly AnnotationQuery[];
  /** Undefined where the file does not parse. */
  readonly value?: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** A panel, those inside rows included. */
export interface Panel {
  readonly id?: number;
  readonly title: string;
  readonly type: string;
  readonly queries: readonly PanelQuery[];
  /** The variables it is shown anew for, once for each value: its own, and that of the row it stands in. */
  readonly repeats?: readonly string[];
  /** The library panel that it shows: its queries are kept in Grafana's database. */
  readonly library?: { readonly uid: string; readonly name: string };
  readonly at: Place;
}

/** A datasource reference as written: by uid, by name, or none (the default datasource). */
export interface DatasourceRef {
  readonly uid?: string;
  readonly type?: string;
  readonly name?: string;
  readonly at: Place;
}

/** One target of a panel. */
export interface PanelQuery {
  readonly refId: string;
  readonly expr?: Located<string>;
  readonly datasource?: DatasourceRef;
  readonly instant: boolean;
  readonly hidden: boolean;
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** A dashboard variable. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query?: string;
  readonly datasource?: DatasourceRef;
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** What a dashboard marks on its graphs, other than what Grafana keeps itself. */
export interface AnnotationQuery {
  readonly name: string;
  readonly expr?: Located<string>;
  readonly datasource?: DatasourceRef;
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** A provisioned alert rule of Grafana itself. */
export interface ManagedAlert {
  readonly uid: string;
  readonly title: string;
  readonly folder: string;
  readonly group: string;
  readonly org: string;
  /** The refId whose result decides. */
  readonly condition: string;
  readonly queries: readonly ManagedQuery[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** One query or expression of such a rule. */
export interface ManagedQuery {
  readonly refId: string;
  /** `__expr__` or `-100` for an expression over other queries. */
  readonly datasourceUid: string;
  readonly expr?: Located<string>;
  readonly model: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** The datasource a reference means in this Grafana, if it is provisioned. */
export function datasourceOf(grafana: GrafanaConfig, ref: DatasourceRef | undefined): Datasource | undefined {
  const fallback = grafana.datasources.find((source) => source.isDefault);
  const wanted = ref?.uid ?? ref?.name;
  if (ref === undefined || wanted === '' || wanted === 'default') return fallback;
  if (wanted === undefined) {
    const typed = grafana.datasources.filter((source) => ref.type === undefined || source.type === ref.type);
    return typed.find((source) => source.isDefault) ?? typed[0] ?? fallback;
  }
  return (
    grafana.datasources.find((source) => source.uid === wanted) ??
    grafana.datasources.find((source) => source.name === wanted)
  );
}
