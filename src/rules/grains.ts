import type { AlertmanagerConfig, Receiver, Route } from '../model/alertmanager.ts';
import type { Dashboard, Datasource, GrafanaConfig, Panel, PanelQuery } from '../model/grafana.ts';
import type { Place } from '../model/location.ts';
import type { LokiConfig, PromtailConfig } from '../model/logs.ts';
import type { Pipeline, PipelineJob } from '../model/pipeline.ts';
import type { AlertRule, PrometheusConfig, RecordingRule, RuleGroup, ScrapeJob } from '../model/prometheus.ts';
import type { CiFile, CiJob, Repository } from '../model/repository.ts';
import type { Service, Stack } from '../model/stack.ts';

/** What every rule may look at besides its subject. `today` is an ISO date. */
export interface Context {
  readonly repository: Repository;
  readonly today: string;
}

/** What a rule over a part of a stack may look at. */
export interface StackContext extends Context {
  readonly stack: Stack;
}

/** A file of the tree that is UTF-8 text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** The grains: what a rule is asked about one by one, and what it sees around each. */
export interface Grains {
  readonly repository: { subject: Repository; context: Context };
  readonly stack: { subject: Stack; context: StackContext };
  readonly service: { subject: Service; context: StackContext };
  readonly prometheus: { subject: PrometheusConfig; context: StackContext };
  readonly 'scrape-job': { subject: ScrapeJob; context: StackContext & { readonly prometheus: PrometheusConfig } };
  readonly rule: { subject: AlertRule | RecordingRule; context: StackContext & { readonly group: RuleGroup } };
  readonly 'alert-rule': {
    subject: AlertRule;
    context: StackContext & { readonly group: RuleGroup; readonly prometheus: PrometheusConfig };
  };
  readonly alertmanager: { subject: AlertmanagerConfig; context: StackContext };
  readonly route: { subject: Route; context: StackContext & { readonly alertmanager: AlertmanagerConfig } };
  readonly receiver: { subject: Receiver; context: StackContext & { readonly alertmanager: AlertmanagerConfig } };
  readonly grafana: { subject: GrafanaConfig; context: StackContext };
  readonly datasource: { subject: Datasource; context: StackContext & { readonly grafana: GrafanaConfig } };
  readonly dashboard: { subject: Dashboard; context: StackContext & { readonly grafana: GrafanaConfig } };
  readonly 'panel-query': {
    subject: PanelQuery;
    context: StackContext & { readonly grafana: GrafanaConfig; readonly dashboard: Dashboard; readonly panel: Panel };
  };
  readonly loki: { subject: LokiConfig; context: StackContext };
  readonly promtail: { subject: PromtailConfig; context: StackContext };
  readonly file: { subject: TextFile; context: Context };
  readonly 'ci-file': { subject: CiFile; context: Context };
  readonly 'ci-job': { subject: CiJob; context: Context & { readonly ci: CiFile } };
  /** What GitLab makes of the files: includes, `extends`, `!reference` and `default` merged. */
  readonly pipeline: { subject: Pipeline; context: Context };
  /** A job of it that runs (no template). */
  readonly 'pipeline-job': { subject: PipelineJob; context: Context & { readonly pipeline: Pipeline } };
}

/** The name of a grain. */
export type Grain = keyof Grains;

/** One subject with what is around it; `at` is where a finding goes that has no better place. */
export interface Visit<G extends Grain> {
  readonly subject: Grains[G]['subject'];
  readonly context: Grains[G]['context'];
  readonly at: Place;
}
