import type { Rule } from '../define-rule.ts';
import { absentRing } from './absent-ring.ts';
import { deadAlertmanager } from './dead-alertmanager.ts';
import { futureSchema } from './future-schema.ts';
import { hiddenLines } from './hidden-lines.ts';
import { idleTableManager } from './idle-table-manager.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidSchemaPeriod } from './invalid-schema-period.ts';
import { loneReplica } from './lone-replica.ts';
import { refusedSetting } from './refused-setting.ts';
import { retentionWithoutCompactor } from './retention-without-compactor.ts';
import { rewrittenPeriod } from './rewritten-period.ts';
import { shortRetention } from './short-retention.ts';
import { unconfiguredStore } from './unconfigured-store.ts';
import { unexpandedVariable } from './unexpanded-variable.ts';
import { unmountedData } from './unmounted-data.ts';
import { unparsableRule } from './unparsable-rule.ts';
import { unreadRuleFile } from './unread-rule-file.ts';
import { unshownLogs } from './unshown-logs.ts';

/** The rules of this room. */
export const lokiRules: readonly Rule[] = [
  invalidConfiguration,
  absentRing,
  deadAlertmanager,
  futureSchema,
  hiddenLines,
  idleTableManager,
  invalidSchemaPeriod,
  loneReplica,
  refusedSetting,
  retentionWithoutCompactor,
  rewrittenPeriod,
  shortRetention,
  unconfiguredStore,
  unexpandedVariable,
  unmountedData,
  unparsableRule,
  unreadRuleFile,
  unshownLogs,
];
