import { expect, it } from 'vitest';
import type { PrometheusConfig, ScrapeJob } from '../model/prometheus.ts';
import { likelySeries } from './likely-series.ts';

const at = { file: 'prometheus.yml' };
const job = (name: string, targets: Readonly<Record<string, Readonly<Record<string, string>>>>): ScrapeJob => ({
  name,
  at,
  interval: 15,
  timeout: 10,
  metricsPath: '/metrics',
  scheme: 'http',
  targets: Object.entries(targets).map(([address, labels]) => ({ address, host: address, port: 80, labels, at })),
  discovery: [],
  filesRead: true,
  relabelled: false,
  value: {},
});
const config: Pick<PrometheusConfig, 'scrapeJobs'> = {
  scrapeJobs: [job('web', { 'a:80': { instance: 'shop', env: 'live' }, 'b:80': {} }), job('db', { 'c:80': {} })],
};
const series = (expr: string): unknown => likelySeries({ expr: { value: expr, at } }, config);

it('are those of the targets that fit', () => {
  expect(series('up{job="web"} == 0')).toEqual([
    { job: 'web', instance: 'shop', env: 'live' },
    { job: 'web', instance: 'b:80' },
  ]);
});

it('are of no target that a matcher leaves out', () => {
  expect(series('up{job!~"w.+"} == 0')).toEqual([{ job: 'db', instance: 'c:80' }]);
});

it('have no label that the expression drops, each once', () => {
  expect(series('sum by (job) (rate(errors_total{kind="disk"}[5m])) > 1')).toEqual([{ job: 'web' }, { job: 'db' }]);
});

it('have a value for what is asked for beside the targets', () => {
  expect(series('errors_total{job="db", kind=~"disk|net"} > 1')).toEqual([
    { job: 'db', instance: 'c:80', kind: 'disk' },
  ]);
});

it('are one set of no labels where nothing is known', () => {
  expect(series('vector(1)')).toEqual([{}]);
  expect(series('up{job="nobody"} == 0')).toEqual([{ job: 'nobody' }]);
});
