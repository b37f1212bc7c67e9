import { isAbsolute, posix, relative, resolve } from 'node:path';
import { type CheckResult, type Finding, summarise } from '../model/finding.ts';
import type { Repository } from '../model/repository.ts';
import { type Tree, textAt } from '../model/tree.ts';
import { readIndex } from '../read/index-tree.ts';
import { codequalityReport } from '../report/codequality.ts';
import { jsonReport } from '../report/json.ts';
import { junitCheckReport } from '../report/junit-check.ts';
import { prettyReport } from '../report/pretty.ts';
import { sarifReport } from '../report/sarif.ts';
import { runRules } from '../rules/run.ts';
import { type Outcome, type Voice, writeOutput } from './output.ts';
import { leftOutBy } from './plan-notes.ts';
import { Refusal } from './refusal.ts';
import { readCandidate, readSubject } from './subject.ts';

/** What `check` was asked. */
export interface CheckOptions {
  readonly repo: string;
  readonly paths: readonly string[];
  readonly plan?: string;
  readonly stack?: string;
  readonly staged: boolean;
  /** Pairs in order: the n-th format goes to the n-th output; a format without an output goes to standard output. */
  readonly formats: readonly string[];
  readonly outputs: readonly string[];
}

/** Static rules over a repository, and with a plan over its candidate. No engine, no network. */
export async function check(options: CheckOptions, voice: Voice): Promise<Outcome> {
  if (options.staged && options.plan !== undefined)
    throw new Refusal(
      2,
      '--staged judges what git has in its index, --plan what a plan makes of HEAD: give one of them',
    );
  if (options.outputs.length > Math.max(options.formats.length, 1))
    throw new Refusal(2, `${options.outputs.length} times --output, but only ${options.formats.length} --format`);
  const subject = await readSubject(resolve(options.repo), options.plan);
  for (const line of leftOutBy(subject.preview)) voice.say(`the plan leaves out ${line}`);
  const tree = options.staged ? readIndex(subject.repo) : subject.candidate;
  const scope = options.stack === undefined ? {} : { stack: options.stack };
  const repository = readCandidate(subject, scope, tree);
  refuseNothing(repository, options);
  const paths = options.paths.map((path) => pathIn(subject.repo, path));
  for (const [index, path] of paths.entries()) refuseNowhere(tree, path, options.paths[index] ?? path);
  const result = narrowed(runRules(repository), paths);
  const base = repository.base === undefined ? undefined : narrowed(runRules(repository.base), paths);
  const formats = options.formats.length === 0 ? ['pretty'] : options.formats;
  const texts = formats.map(
    (format) => reportAs(format, result, tree, voice) + (format === 'pretty' && base ? judged(base, result) : ''),
  );
  for (const [index, text] of texts.entries()) {
    const output = options.outputs[index];
    if (output !== undefined) writeOutput(output, text);
  }
  const shown = texts.filter((_, index) => options.outputs[index] === undefined).join('');
  return { code: summarise(result).errors > 0 ? 1 : 0, text: shown };
}

function refuseNothing(repository: Repository, { repo, stack }: CheckOptions): void {
  if (repository.tree.files.size === 0) throw new Refusal(3, `nothing to look at: "${repo}" holds no file`);
  if (repository.stacks.length > 0) return;
  const broken = repository.faults.some((fault) => (fault.severity ?? 'error') === 'error');
  if (stack !== undefined)
    throw new Refusal(2, `"${stack}" is not a compose file in "${repo}" that runs a monitoring product`);
  if (!broken) {
    throw new Refusal(
      3,
      `nothing to look at: no compose file in "${repo}" runs Prometheus, Alertmanager, Grafana, Loki, Promtail, node-exporter or cAdvisor`,
    );
  }
}

function reportAs(format: string, result: CheckResult, tree: Tree, voice: Voice): string {
  const textOf = (file: string): string | undefined => textAt(tree, file);
  switch (format) {
    case 'pretty':
      return prettyReport(result, textOf, { colour: voice.colour });
    case 'json':
      return jsonReport(result);
    case 'junit':
      return junitCheckReport(result);
    case 'sarif':
      return sarifReport(result);
    case 'codequality':
      return codequalityReport(result, textOf);
    default:
      throw new Refusal(2, `no such format: "${format}"; use pretty, json, junit, sarif or codequality`);
  }
}

/** A path as findings name files: from the top of the repository, which is empty itself. */
function pathIn(repo: string, path: string): string {
  const inside = posix.normalize(isAbsolute(path) ? relative(repo, path) || '.' : path).replace(/\/+$/, '');
  return inside === '.' ? '' : inside;
}

/** A path under which nothing lies would have no findings, whatever it was meant to be. */
function refuseNowhere(tree: Tree, path: string, asked: string): void {
  if ([...tree.files.keys()].some((file) => isUnder(file, path))) return;
  throw new Refusal(3, `nothing to look at: no file of the repository lies under "${asked}"`);
}

function isUnder(file: string, path: string): boolean {
  return path === '' || file === path || file.startsWith(`${path}/`);
}

function narrowed(result: CheckResult, paths: readonly string[]): CheckResult {
  if (paths.length === 0) return result;
  const findings = result.findings.filter(({ file }) => paths.some((path) => isUnder(file, path)));
  return { ...result, findings };
}

/** What the plan does to the findings: a finding is the same one when rule and message are, wherever it moved. */
function judged(base: CheckResult, candidate: CheckResult): string {
  const names = (result: CheckResult): Set<string> =>
    new Set(open(result).map((finding) => `${finding.rule} ${finding.message}`));
  const before = names(base);
  const after = names(candidate);
  const fixed = [...before].filter((name) => !after.has(name)).length;
  const broken = [...after].filter((name) => !before.has(name)).length;
  return `The plan fixes ${fixed} findings, breaks ${broken} and leaves ${before.size - fixed}.\n`;
}

function open(result: CheckResult): readonly Finding[] {
  return result.findings.filter((finding) => finding.waived === undefined && finding.severity !== 'info');
}
