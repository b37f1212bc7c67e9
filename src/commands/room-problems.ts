import { runRules } from '../rules/run.ts';
import type { SuiteRun } from './run.ts';

/** What the rules of one room say of a run's candidate: the open errors, and how much was looked at. */
export function roomProblems(run: SuiteRun, room: string): { looked: number; problems: string[] } {
  const { findings, subjects } = runRules(run.repository);
  const mine = (rule: string): boolean => rule.startsWith(`${room}/`);
  return {
    looked: Object.entries(subjects).reduce((sum, [rule, count]) => sum + (mine(rule) ? count : 0), 0),
    problems: findings
      .filter((finding) => mine(finding.rule) && finding.severity === 'error' && finding.waived === undefined)
      .map((finding) => `${finding.file}:${finding.line}:${finding.column}: ${finding.message} (${finding.rule})`),
  };
}
