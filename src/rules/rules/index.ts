import type { Rule } from '../define-rule.ts';
import { absentExternalLabel } from './absent-external-label.ts';
import { beyondRetention } from './beyond-retention.ts';
import { constantExpression } from './constant-expression.ts';
import { duplicateAlert } from './duplicate-alert.ts';
import { duplicateRecording } from './duplicate-recording.ts';
import { failingExpression } from './failing-expression.ts';
import { hastyAbsence } from './hasty-absence.ts';
import { hastyGroup } from './hasty-group.ts';
import { idleFor } from './idle-for.ts';
import { impossibleCondition } from './impossible-condition.ts';
import { invalidDuration } from './invalid-duration.ts';
import { invalidTemplate } from './invalid-template.ts';
import { invertedAbsence } from './inverted-absence.ts';
import { lateRecording } from './late-recording.ts';
import { lostLabel } from './lost-label.ts';
import { lostRule } from './lost-rule.ts';
import { metricRules } from './metric-rules.ts';
import { missingSeverity } from './missing-severity.ts';
import { needlessRegex } from './needless-regex.ts';
import { rateOfAggregate } from './rate-of-aggregate.ts';
import { recordingLoop } from './recording-loop.ts';
import { reservedLabel } from './reserved-label.ts';
import { sameOperands } from './same-operands.ts';
import { selfWatching } from './self-watching.ts';
import { shadowedMetric } from './shadowed-metric.ts';
import { shortWindow } from './short-window.ts';
import { slowGroup } from './slow-group.ts';
import { unparsableExpression } from './unparsable-expression.ts';
import { unstableLabel } from './unstable-label.ts';
import { unusedRecording } from './unused-recording.ts';
import { unwiredRuleFile } from './unwired-rule-file.ts';
import { volatileRate } from './volatile-rate.ts';

/** The rules of this room. */
export const rulesRules: readonly Rule[] = [
  invalidDuration,
  unparsableExpression,
  ...metricRules,
  lostLabel,
  duplicateAlert,
  constantExpression,
  shortWindow,
  impossibleCondition,
  sameOperands,
  invalidTemplate,
  unstableLabel,
  absentExternalLabel,
  failingExpression,
  recordingLoop,
  lateRecording,
  unusedRecording,
  duplicateRecording,
  idleFor,
  beyondRetention,
  slowGroup,
  hastyAbsence,
  invertedAbsence,
  reservedLabel,
  missingSeverity,
  selfWatching,
  needlessRegex,
  rateOfAggregate,
  volatileRate,
  lostRule,
  unwiredRuleFile,
  hastyGroup,
  shadowedMetric,
];
