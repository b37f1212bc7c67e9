import type { Route } from '../model/alertmanager.ts';
import { alertRules } from '../model/prometheus.ts';
import type { Stack } from '../model/stack.ts';
import { textAt } from '../model/tree.ts';
import { pipelinesOf } from '../read/ci/pipeline.ts';
import type { Context, Grain, StackContext, Visit } from './grains.ts';

type Walkers = { readonly [G in Grain]: (context: Context) => Visit<G>[] };

/** How the subjects of each grain are found, in the order of the files. */
export const walkers: Walkers = {
  repository: (context) => [{ subject: context.repository, context, at: { file: anyFile(context) } }],
  stack: stackWalker((stack, context, at) => [{ subject: stack, context, at }]),
  service: stackWalker((stack, context) =>
    stack.services.map((service) => ({ subject: service, context, at: service.at })),
  ),
  prometheus: stackWalker((stack, context, at) =>
    stack.prometheus.map((subject) => ({ subject, context, at: fileOr(subject.file, at) })),
  ),
  'scrape-job': stackWalker((stack, context) =>
    stack.prometheus.flatMap((prometheus) =>
      prometheus.scrapeJobs.map((job) => ({ subject: job, context: { ...context, prometheus }, at: job.at })),
    ),
  ),
  rule: stackWalker((stack, context) =>
    stack.prometheus.flatMap((prometheus) =>
      prometheus.ruleGroups.flatMap((group) => {
        const around = { ...context, group };
        return group.rules.map((rule) => ({ subject: rule, context: around, at: rule.at }));
      }),
    ),
  ),
  'alert-rule': stackWalker((stack, context) =>
    stack.prometheus.flatMap((prometheus) =>
      prometheus.ruleGroups.flatMap((group) => {
        const around = { ...context, group, prometheus };
        return alertRules({ ruleGroups: [group] }).map((rule) => ({ subject: rule, context: around, at: rule.at }));
      }),
    ),
  ),
  alertmanager: stackWalker((stack, context, at) =>
    stack.alertmanager.map((subject) => ({ subject, context, at: fileOr(subject.file, at) })),
  ),
  route: stackWalker((stack, context) =>
    stack.alertmanager.flatMap((alertmanager) =>
      routesBelow(alertmanager.route).map((route) => ({
        subject: route,
        context: { ...context, alertmanager },
        at: route.at,
      })),
    ),
  ),
  receiver: stackWalker((stack, context) =>
    stack.alertmanager.flatMap((alertmanager) =>
      alertmanager.receivers.map((receiver) => ({
        subject: receiver,
        context: { ...context, alertmanager },
        at: receiver.at,
      })),
    ),
  ),
  grafana: stackWalker((stack, context, at) =>
    stack.grafana.map((subject) => ({ subject, context, at: fileOr(subject.iniFile, at) })),
  ),
  datasource: stackWalker((stack, context) =>
    stack.grafana.flatMap((grafana) =>
      grafana.datasources.map((source) => ({ subject: source, context: { ...context, grafana }, at: source.at })),
    ),
  ),
  dashboard: stackWalker((stack, context) =>
    stack.grafana.flatMap((grafana) =>
      grafana.dashboards.map((board) => ({ subject: board, context: { ...context, grafana }, at: board.at })),
    ),
  ),
  'panel-query': stackWalker((stack, context) =>
    stack.grafana.flatMap((grafana) =>
      grafana.dashboards.flatMap((dashboard) =>
        dashboard.panels.flatMap((panel) =>
          panel.queries.map((query) => ({
            subject: query,
            context: { ...context, grafana, dashboard, panel },
            at: query.at,
          })),
        ),
      ),
    ),
  ),
  loki: stackWalker((stack, context, at) =>
    stack.loki.map((subject) => ({ subject, context, at: fileOr(subject.file, at) })),
  ),
  promtail: stackWalker((stack, context, at) =>
    stack.promtail.map((subject) => ({ subject, context, at: fileOr(subject.file, at) })),
  ),
  file: once((context) =>
    [...context.repository.tree.files.keys()].sort().flatMap((path) => {
      const text = textAt(context.repository.tree, path);
      return text === undefined ? [] : [{ subject: { path, text }, context, at: { file: path } }];
    }),
  ),
  'ci-file': (context) => context.repository.ci.map((ci) => ({ subject: ci, context, at: { file: ci.file } })),
  'ci-job': (context) =>
    context.repository.ci.flatMap((ci) =>
      ci.jobs.map((job) => ({ subject: job, context: { ...context, ci }, at: job.at })),
    ),
  pipeline: (context) =>
    pipelinesOf(context.repository).map((pipeline) => ({ subject: pipeline, context, at: { file: pipeline.file } })),
  'pipeline-job': (context) =>
    pipelinesOf(context.repository).flatMap((pipeline) =>
      pipeline.jobs
        .filter((job) => !job.hidden)
        .map((job) => ({ subject: job, context: { ...context, pipeline }, at: job.at })),
    ),
};

function stackWalker<V>(
  visit: (stack: Stack, context: StackContext, at: { readonly file: string }) => V[],
): (context: Context) => V[] {
  return once((context) =>
    context.repository.stacks.flatMap((stack) => visit(stack, { ...context, stack }, { file: stack.composeFile })),
  );
}

/** Many rules ask for the same subjects, so they are looked for once. */
function once<V>(walk: (context: Context) => V[]): (context: Context) => V[] {
  const known = new WeakMap<Context, V[]>();
  return (context) => {
    const found = known.get(context) ?? walk(context);
    known.set(context, found);
    return found;
  };
}

function routesBelow(route: Route | undefined): Route[] {
  return route === undefined ? [] : [route, ...route.routes.flatMap(routesBelow)];
}

function fileOr(file: string | undefined, at: { readonly file: string }): { readonly file: string } {
  return file === undefined ? at : { file };
}

function anyFile({ repository }: Context): string {
  return repository.stacks[0]?.composeFile ?? [...repository.tree.files.keys()].sort()[0] ?? '';
}
