import { type AlertRule, alertRules, type RuleGroup } from '../../model/prometheus.ts';
import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { distinct } from './distinct.ts';

/** A claim that one group of rules is evaluated without an error. */
export interface RuleGroupSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly group: RuleGroup;
}

/** A claim that one alerting rule fires when it should, and stays silent when it should. */
export interface AlertRuleSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly rule: AlertRule;
}

/** What the rules suite claims of groups: each is loaded and evaluated. */
export function ruleGroupSubjects(stack: Stack): RuleGroupSubject[] {
  return distinct(
    stack.prometheus.flatMap(({ service, ruleGroups }) =>
      ruleGroups.map((group) => ({ claim: claimOf('rules', `group "${group.name}"`), service, group })),
    ),
  );
}

/** What the rules suite claims of alerts, by unit tests. */
export function alertRuleSubjects(stack: Stack): AlertRuleSubject[] {
  return distinct(
    stack.prometheus.flatMap((config) =>
      alertRules(config).map((rule) => ({
        claim: claimOf('rules', `alert "${rule.name}"`),
        service: config.service,
        rule,
      })),
    ),
  );
}
