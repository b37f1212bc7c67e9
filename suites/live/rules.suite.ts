import { alertRuleSubjects, ruleGroupSubjects } from '../../src/index.ts';
import { proveLive } from '../support/prove.ts';
import { firesAndStaysSilent } from '../support/rules/alerts.ts';
import { evaluates } from '../support/rules/groups.ts';
import { run } from '../support/run.ts';

proveLive(ruleGroupSubjects(run.stack), evaluates);
proveLive(alertRuleSubjects(run.stack), firesAndStaysSilent);
