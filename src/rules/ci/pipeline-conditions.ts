/**
 * What the predefined variables can be (https://docs.gitlab.com/ci/variables/predefined_variables/): the sources of a
 * pipeline, and variables that no pipeline has together.
 */
const sources: ReadonlySet<string> = new Set([
  'api',
  'chat',
  'container_registry_push',
  'external',
  'external_pull_request_event',
  'merge_request_event',
  'ondemand_dast_scan',
  'ondemand_dast_validation',
  'parent_pipeline',
  'pipeline',
  'push',
  'schedule',
  'security_orchestration_policy',
  'trigger',
  'web',
  'webide',
]);

interface Term {
  readonly name: string;
  /** The text it has to equal; absent where it only has to be there. */
  readonly value?: string;
}

/** Why a condition of `rules:if` holds for no pipeline; undefined where it may hold, or is more than `&&` and `||` of plain terms. */
export function whyNever(condition: string): string | undefined {
  if (/[()]/.test(condition)) return undefined;
  const whys = condition.split('||').map((part) => whyPartNever(part.split('&&').flatMap(termOf)));
  return whys.includes(undefined) ? undefined : whys[0];
}

function whyPartNever(terms: readonly Term[]): string | undefined {
  const values = new Map<string, string>();
  for (const { name, value } of terms) {
    if (value === undefined) continue;
    if (name === 'CI_PIPELINE_SOURCE' && !sources.has(value)) return `no pipeline has the source '${value}'`;
    const other = values.get(name);
    if (other !== undefined && other !== value) return `'$${name}' cannot be '${other}' and '${value}'`;
    values.set(name, value);
  }
  const there = new Set(terms.filter(({ value }) => value !== '').map(({ name }) => name));
  if (there.has('CI_COMMIT_BRANCH') && there.has('CI_COMMIT_TAG'))
    return "a pipeline of a tag has no '$CI_COMMIT_BRANCH'";
  const ofRequest = values.get('CI_PIPELINE_SOURCE') === 'merge_request_event';
  const foreign = ['CI_COMMIT_BRANCH', 'CI_COMMIT_TAG'].find((name) => there.has(name));
  return ofRequest && foreign !== undefined ? `a pipeline of a merge request has no '$${foreign}'` : undefined;
}

/** A term that asks for a variable, or for one text of it; every other one may hold. */
function termOf(written: string): Term[] {
  const match = /^\s*\$(\w+)\s*(?:==\s*(?:"([^"$]*)"|'([^'$]*)')\s*)?$/.exec(written);
  if (match === null) return [];
  const [, name = '', double, single] = match;
  const value = double ?? single;
  return [value === undefined ? { name } : { name, value }];
}
