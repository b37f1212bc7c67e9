import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { member } from '../../query/member.ts';

/** A claim about one service that reads its configuration again while it runs. */
export interface ReloadSubject {
  readonly claim: Claim;
  readonly service: string;
  readonly product: 'prometheus' | 'alertmanager' | 'grafana';
  readonly about:
    | 'takes over a change'
    | 'refuses what is broken'
    | 'takes over a data source'
    | 'refuses broken data sources';
  /** Files of the repository that it reads: its configuration, dashboards, or what provisions data sources. */
  readonly files: readonly string[];
  /** Its rule files. */
  readonly rules: readonly string[];
}

/**
 * What the reload suite claims: every Prometheus and Alertmanager whose configuration the repository holds, and every
 * Grafana whose dashboards or data sources it holds, takes over what is right and goes on as before with what is wrong.
 */
export function reloadSubjects(stack: Stack): ReloadSubject[] {
  const one = (
    product: ReloadSubject['product'],
    service: string,
    files: readonly string[],
    rules: readonly string[],
    abouts: readonly ReloadSubject['about'][] = ['takes over a change', 'refuses what is broken'],
  ) =>
    abouts.map((about) => ({
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
    ...stack.grafana.flatMap(({ service, dashboards, provisioned = [] }) => {
      const files = dashboards.filter(({ value, uid, title }) => value && uid && title).map(({ file }) => file);
      const sources = provisioned.filter(({ kind, value }) => kind === 'datasources' && holdsSources(value));
      return [
        ...(files.length === 0 ? [] : one('grafana', service, files, [])),
        ...one(
          'grafana',
          service,
          sources.map(({ file }) => file),
          [],
          sources.length === 0 ? [] : ['takes over a data source', 'refuses broken data sources'],
        ),
      ];
    }),
  ];
}

function holdsSources(value: unknown): boolean {
  const sources = member(value, 'datasources');
  return Array.isArray(sources) && sources.length > 0;
}
