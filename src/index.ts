export { writeTree } from './commands/folder.ts';
export { roomProblems } from './commands/room-problems.ts';
export {
  candidateOf,
  exampleRun,
  loadRun,
  type PreparedRun,
  prepareRun,
  type RunRequest,
  readStack,
  type SuiteRun,
} from './commands/run.ts';
export { type LiveSuite, liveSuites } from './gate/live-suites.ts';
export { liveClaims, requiredClaims, staticClaims } from './gate/required.ts';
export { inShard, readShard } from './gate/shard.ts';
export {
  type AlertSubject,
  alertSubjects,
  groupingSubjects,
  type InhibitionSubject,
  inhibitionSubjects,
  nothingElse,
} from './gate/subjects/alert-routing.ts';
export { type BackupSubject, backupSubjects, spoilings } from './gate/subjects/backup.ts';
export { type BootSubject, bootSubjects } from './gate/subjects/boot.ts';
export {
  type DashboardSubject,
  dashboardSubjects,
  type GrafanaSubject,
  grafanaSubjects,
  isExpression,
  type LibrarySubject,
  librarySubjects,
  type QuerySubject,
  querySubjects,
  type VariableSubject,
  variableSubjects,
} from './gate/subjects/dashboards.ts';
export { type DeathSubject, deathSubjects, unwatched } from './gate/subjects/end-to-end.ts';
export { type EngineSubject, engineSubjects } from './gate/subjects/engine-restart.ts';
export { type Fault, type FaultSubject, faultSubjects } from './gate/subjects/faults.ts';
export {
  type LogJobSubject,
  type LogRestartSubject,
  type LogSourceSubject,
  logJobSubjects,
  logRestartSubjects,
  logSourceSubjects,
} from './gate/subjects/logs.ts';
export { type MailSubject, mailSubjects } from './gate/subjects/mail-faults.ts';
export { type ReloadSubject, reloadSubjects } from './gate/subjects/reload.ts';
export {
  type AlertRuleSubject,
  alertRuleSubjects,
  type RuleGroupSubject,
  ruleGroupSubjects,
} from './gate/subjects/rules.ts';
export {
  type JobSubject,
  jobSubjects,
  type LabelSubject,
  labelSubjects,
  type MetricSubject,
  metricSubjects,
} from './gate/subjects/scrape-targets.ts';
export { findEngine } from './lab/engine.ts';
export { eventually, type Look, NeverHappened, settled } from './lab/eventually.ts';
export { reachAgain, restartEngine, strangersBeside } from './lab/faults/engine.ts';
export { fillDisk } from './lab/faults/full-disk.ts';
export { countLosses, type LossCount } from './lab/faults/losses.ts';
export { type Cable, connect, disconnect, isConnected } from './lab/faults/network.ts';
export { signalServices } from './lab/faults/signal.ts';
export { freeze, goOn, type Standing, standingOf, thaw } from './lab/faults/standing.ts';
export { startTwin } from './lab/faults/twin.ts';
export { probeMemory, probeProcessors, sameBounds } from './lab/kernel/bound-probes.ts';
export { plainCapability } from './lab/kernel/capabilities.ts';
export { type KernelView, kernelView } from './lab/kernel/view.ts';
export { kernelProblems, writtenBounds } from './lab/kernel/written.ts';
export { type Feed, feedingOf } from './lab/log-lines/feed.ts';
export { plain, type Shape, shapes } from './lab/log-lines/shapes.ts';
export { type SeenLine, type Tally, tally, tallyProblems } from './lab/log-lines/tally.ts';
export { writeLines } from './lab/log-lines/write.ts';
export { errorLines } from './lab/logs/error-lines.ts';
export { whyExpected } from './lab/logs/expected-errors.ts';
export { isRemote } from './lab/remote.ts';
export { inVolume } from './lab/script/in-volume.ts';
export { runScript, type ScriptRequest, type ScriptRun } from './lab/script/sandbox.ts';
export { baseUrl, portOf } from './lab/services/address.ts';
export {
  alertmanagerReady,
  failedNotifications,
  type HeldAlert,
  heldAlerts,
  type PostedAlert,
  postAlerts,
} from './lab/services/alertmanager.ts';
export { type Executed, lastingAnswer, type QueryAnswer } from './lab/services/answer.ts';
export { composeOn, loseVolumes } from './lab/services/compose.ts';
export {
  type ContainerState,
  containerState,
  fileDigest,
  killService,
  logTail,
  startService,
} from './lab/services/containers.ts';
export {
  adminOf,
  comesFrom,
  type GrafanaDoor,
  grafanaHealth,
  type ListedDashboard,
  libraryPanel,
  listedDashboards,
  type PanelQuestion,
  panelQuery,
  type ServedDashboard,
  servedDashboard,
  shortestStep,
} from './lab/services/grafana.ts';
export { ask, at, doorShut, forgetConnections, list } from './lab/services/http.ts';
export { type Literal, literalsIn } from './lab/services/literals.ts';
export { type LokiDoor, labelNames, linesThrough, pushLines, selectedLines } from './lab/services/log-lines.ts';
export { lokiInstantQuery, rangeQuery } from './lab/services/loki.ts';
export {
  activeAlerts,
  activeTargets,
  exposedNames,
  externalLabels,
  instantQuery,
  queryLabels,
  ruleGroups,
  type SeenAlert,
  type SeenRuleGroup,
  type SeenTarget,
  type Stretch,
  storedNames,
  stretchQuery,
} from './lab/services/prometheus.ts';
export { droppedLines } from './lab/services/promtail.ts';
export { testRules } from './lab/services/promtool.ts';
export { notStarted, readyAddress } from './lab/services/ready.ts';
export { recreateService } from './lab/services/recreate.ts';
export {
  askToReload,
  type Loaded,
  lastEvaluation,
  loadedConfig,
  reloadProvisioning,
  ruleNames,
  sourceNames,
  withItem,
} from './lab/services/reload.ts';
export { askSource, type LabSource, type Way } from './lab/services/source.ts';
export {
  type Arrival,
  type ArrivedAlert,
  arrivals,
  mailFaultsMet,
  orderMailFault,
  setTargetDead,
} from './lab/services/standins.ts';
export type { AlertmanagerConfig, Receiver, Route } from './model/alertmanager.ts';
export type { BackupScript, SavedVolume } from './model/backup.ts';
export type { CheckResult, Finding, Severity, Waiver } from './model/finding.ts';
export {
  type Dashboard,
  type Datasource,
  type DatasourceRef,
  datasourceOf,
  type GrafanaConfig,
  type Variable,
} from './model/grafana.ts';
export type { Difference, LabAddress, UsedImage } from './model/lab.ts';
export { messageOf } from './model/message.ts';
export type { AlertRule } from './model/prometheus.ts';
export type { Receipt } from './model/receipt.ts';
export type { Repository } from './model/repository.ts';
export { type Service, type Stack, serviceByHost } from './model/stack.ts';
export { changeTree, type Tree, type TreeFile } from './model/tree.ts';
export { type Claim, claimOf, type Outcome, type Verdict } from './model/verdict.ts';
export { alertLabels, asSent, expandText, type Sending } from './query/alert-as-sent.ts';
export { type Candidate, inhibitingPair } from './query/inhibition.ts';
export { likelyAlerts, sendingOf } from './query/likely-alerts.ts';
export { expandMacros } from './query/macros.ts';
export { type Reason, whyNoLines, whyNoSeries } from './query/no-data.ts';
export { outcomeOf } from './query/promql-filter.ts';
export { openedExpression } from './query/promql-opened.ts';
export { repeated } from './query/repeated.ts';
export { type Offered, type ResolvedVariable, resolveVariables, valuesOf } from './query/resolve-variables.ts';
export { groupOf, type Labels, routesFor } from './query/routing.ts';
export { selectorText } from './query/selector-text.ts';
export { lokiAsk, prometheusAsk } from './query/variable-query.ts';
export { optionsOf, requestOf } from './query/variable-request.ts';
export { interpolated, type VariableValues, withGlobals, withValue } from './query/variable-value.ts';
export { alertsUnderTest } from './rule-tests/alerts-of.ts';
export { proveAlerts } from './rule-tests/prove.ts';
export type { AlertVerdict } from './rule-tests/verdict.ts';
export { runRules } from './rules/run.ts';
