export { writeTree } from './commands/folder.ts';
export { roomProblems } from './commands/room-problems.ts';
export { exampleRun, loadRun, type PreparedRun, prepareRun, type RunRequest, type SuiteRun } from './commands/run.ts';
export { type LiveSuite, liveSuites } from './gate/live-suites.ts';
export { liveClaims, requiredClaims, staticClaims } from './gate/required.ts';
export { inShard, readShard } from './gate/shard.ts';
export { type AlertSubject, alertSubjects, nothingElse } from './gate/subjects/alert-routing.ts';
export { type BootSubject, bootSubjects } from './gate/subjects/boot.ts';
export {
  type DashboardSubject,
  dashboardSubjects,
  type QuerySubject,
  querySubjects,
} from './gate/subjects/dashboards.ts';
export { type JobSubject, jobSubjects } from './gate/subjects/scrape-targets.ts';
export { findEngine } from './lab/engine.ts';
export { eventually, type Look, NeverHappened, settled } from './lab/eventually.ts';
export { baseUrl, portOf } from './lab/services/address.ts';
export { alertmanagerReady, type PostedAlert, postAlerts, receiversOf } from './lab/services/alertmanager.ts';
export { lastingAnswer, type QueryAnswer } from './lab/services/answer.ts';
export { type ContainerState, containerState, fileDigest, logTail } from './lab/services/containers.ts';
export {
  adminOf,
  comesFrom,
  type GrafanaDoor,
  grafanaHealth,
  panelQuery,
  servedDashboard,
  servedDashboards,
} from './lab/services/grafana.ts';
export { doorShut } from './lab/services/http.ts';
export { rangeQuery } from './lab/services/loki.ts';
export { activeTargets, instantQuery, type SeenTarget } from './lab/services/prometheus.ts';
export { notStarted } from './lab/services/ready.ts';
export { type Arrival, arrivals } from './lab/services/standins.ts';
export { replaceVariables, type VariableValues, variableValues } from './lab/services/variables.ts';
export type { CheckResult, Finding, Severity, Waiver } from './model/finding.ts';
export { type Datasource, datasourceOf, type GrafanaConfig } from './model/grafana.ts';
export type { Difference, LabAddress, UsedImage } from './model/lab.ts';
export type { Receipt } from './model/receipt.ts';
export type { Repository } from './model/repository.ts';
export { type Service, type Stack, serviceByHost } from './model/stack.ts';
export { changeTree, type Tree, type TreeFile } from './model/tree.ts';
export type { Claim, Outcome, Verdict } from './model/verdict.ts';
export { expandMacros } from './query/macros.ts';
export { routesFor } from './query/routing.ts';
export { runRules } from './rules/run.ts';
