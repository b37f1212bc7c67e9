import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';

/** A claim about one service that reads its configuration again while it runs. */
export interface ReloadSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly product: 'prometheus' | 'alertmanager' | 'grafana';
  readonly about: 'takes over a change' | 'refuses what is broken';
  /** Files of the repository that it reads: its configuration, or dashboards. */
  readonly files: readonly string[];
  /** Its rule files. */
  readonly rules: readonly string[];
}

/**
 * What the reload suite claims: every Prometheus and Alertmanager whose configuration the repository holds, and every
 * Grafana whose dashboards it holds, takes over what is right and goes on as before with what is wrong.
 */
export function reloadSubjects(stack: Stack): ReloadSubject[] {
  const one = (
    product: ReloadSubject['product'],
    service: string,
    files: readonly string[],
    rules: readonly string[],
  ) =>
    (['takes over a change', 'refuses what is broken'] as const).map((about) => ({
      claim: claimOf('reload', `${service} ${about}`),
      service,
      product,
      about,
      files,
      rules,
    }));
  return [
    ...stack.prometheus.flatMap(({ service, file, ruleFiles }) =>
      file === undefined
        ? []
        : one('prometheus', service, [file], [...new Set(ruleFiles.flatMap(({ paths }) => paths))]),
    ),
    ...stack.alertmanager.flatMap(({ service, file }) =>
      file === undefined ? [] : one('alertmanager', service, [file], []),
    ),
    ...stack.grafana.flatMap(({ service, dashboards }) => {
      const files = dashboards.filter(({ value, uid, title }) => value && uid && title).map(({ file }) => file);
      return files.length === 0 ? [] : one('grafana', service, files, []);
    }),
  ];
}
