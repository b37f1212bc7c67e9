import { matching, oneOf, text, truth, whole } from './scalars.ts';
import { anything, either, list, map, type RecordFault, type RecordShape, record, type Shape } from './shape.ts';

// What GitLab takes (https://docs.gitlab.com/ci/yaml/). Where it takes many forms, or its versions differ, anything is allowed.

const texts = list(text());
const one = text();
const textOrTexts = either(one, texts);
/** A line may be a list again: an anchor or a reference to several (https://docs.gitlab.com/ci/yaml/yaml_optimization/). */
const script = either(one, list(either(one, list(anything))));
const pull = { pull_policy: textOrTexts, docker: anything, kubernetes: anything };
const image = either(one, record('an image', { name: one, entrypoint: textOrTexts, ...pull }, { required: ['name'] }));
const service = record(
  'a service',
  {
    name: one,
    alias: one,
    entrypoint: textOrTexts,
    command: textOrTexts,
    ports: anything,
    variables: anything,
    ...pull,
  },
  { required: ['name'] },
);
const services = list(either(one, service));
const whens = ['on_success', 'on_failure', 'always', 'manual', 'delayed'];
const allowed = either(truth, record('"allow_failure"', { exit_codes: anything }));
const changes = either(texts, record('"changes"', { paths: texts, compare_to: one, regexp: one }));
const rule = record('a rule', {
  if: one,
  changes,
  exists: either(texts, record('"exists"', { paths: texts, project: one, ref: one, regexp: one })),
  when: oneOf(...whens, 'never'),
  start_in: one,
  allow_failure: allowed,
  variables: map(anything),
  needs: anything,
  interruptible: truth,
  auto_cancel: anything,
});
const rules = list(either(rule, list(anything)));
const need = record('a need', {
  job: one,
  artifacts: truth,
  optional: truth,
  pipeline: one,
  project: one,
  ref: one,
  parallel: anything,
});
const reports = [
  'accessibility annotations api_fuzzing browser_performance cluster_image_scanning codequality container_scanning',
  'coverage_fuzzing coverage_report cyclonedx dast dependency_scanning dotenv junit license_scanning load_performance',
  'lsif metrics performance repository_xray requirements requirements_v2 sast scip secret_detection terraform',
];
const artifacts = record('"artifacts"', {
  paths: textOrTexts,
  exclude: texts,
  expire_in: one,
  expose_as: one,
  name: one,
  public: truth,
  access: one,
  reports: record(
    '"reports"',
    Object.fromEntries(reports.flatMap((line) => line.split(' ')).map((name): [string, Shape] => [name, anything])),
  ),
  untracked: truth,
  when: oneOf('on_success', 'on_failure', 'always'),
});
const environment = record('"environment"', {
  name: one,
  url: one,
  on_stop: one,
  action: oneOf('start', 'prepare', 'stop', 'verify', 'access'),
  auto_stop_in: one,
  deployment_tier: oneOf('production', 'staging', 'testing', 'development', 'other'),
  kubernetes: anything,
});
const variables = map(
  either(one, record('a variable', { value: one, description: one, options: texts, expand: truth })),
);
const coverage = text(matching(/^\/[\s\S]*\/\w*$/, 'no regular expression between slashes'));

const inheritable = {
  after_script: script,
  artifacts,
  before_script: script,
  cache: anything,
  hooks: anything,
  id_tokens: anything,
  identity: anything,
  image,
  interruptible: truth,
  retry: either(whole(0, 2), record('"retry"', { max: whole(0, 2), when: textOrTexts, exit_codes: anything })),
  services,
  tags: textOrTexts,
  timeout: one,
};

/** A job, after everything is merged. */
export const jobShape: RecordShape = record(
  'a job',
  {
    ...inheritable,
    allow_failure: allowed,
    coverage,
    dast_configuration: anything,
    dependencies: texts,
    environment: either(one, environment),
    except: anything,
    extends: textOrTexts,
    inherit: record('"inherit"', { default: anything, variables: anything }),
    inputs: anything,
    manual_confirmation: one,
    needs: either(list(either(one, need, list(anything))), map(anything)),
    only: anything,
    pages: anything,
    parallel: either(whole(1, 200), record('"parallel"', { matrix: list(anything) })),
    publish: one,
    release: anything,
    resource_group: one,
    rules,
    run: anything,
    script,
    secrets: anything,
    stage: one,
    start_in: one,
    trigger: anything,
    variables,
    when: oneOf(...whens),
  },
  { check: conflicts },
);

/** Keywords at the top of a file. */
export const globalShapes: Readonly<Record<string, Shape>> = {
  after_script: script,
  before_script: script,
  cache: anything,
  default: record('"default"', inheritable),
  image,
  services,
  stages: list(either(one, list(anything))),
  variables,
  workflow: record('"workflow"', { name: one, rules, auto_cancel: anything }),
};

/** What GitLab refuses in keys that are each right. */
function conflicts(job: Readonly<Record<string, unknown>>): RecordFault[] {
  const found: RecordFault[] = [];
  for (const key of ['only', 'except'])
    if (key in job && 'rules' in job)
      found.push({ route: [key], wrong: 'stands beside "rules"', hint: 'Say it in the rules', kind: 'conflict' });
  if ('trigger' in job && 'script' in job)
    found.push({ route: ['trigger'], wrong: 'stands beside "script"', hint: 'Make two jobs of it', kind: 'conflict' });
  if (job['when'] === 'delayed' && !('start_in' in job))
    found.push({
      route: ['when'],
      wrong: 'is "delayed" without "start_in"',
      hint: 'Say how long',
      kind: 'missing-key',
    });
  return found;
}
