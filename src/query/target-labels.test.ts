import { expect, it } from 'vitest';
import type { ScrapeJob } from '../model/prometheus.ts';
import { labelledTargets } from './target-labels.ts';

const at = { file: 'prometheus.yml' };
const job = (address: string, labels: Readonly<Record<string, string>>, value: object): ScrapeJob => ({
  name: 'probe',
  at,
  interval: 15,
  timeout: 10,
  metricsPath: '/probe',
  scheme: 'http',
  targets: [{ address, host: address, port: 80, labels, at }],
  discovery: [],
  filesRead: true,
  relabelled: true,
  value: { ...value },
});
const labelled = (...args: Parameters<typeof job>): unknown =>
  labelledTargets({ scrapeJobs: [job(...args)] }).map(({ labels, address }) => ({ labels, address }));

it('take their instance from the address', () => {
  expect(labelled('loki:3100', { env: 'live', __x: 'y' }, {})).toEqual([
    { labels: { job: 'probe', instance: 'loki:3100', env: 'live' }, address: 'loki:3100' },
  ]);
});

it('are those of a probe after the usual relabelling', () => {
  const relabel_configs = [
    { source_labels: ['__address__'], target_label: '__param_target' },
    { source_labels: ['__param_target'], target_label: 'instance' },
    { source_labels: ['__param_module'], target_label: 'module' },
    { target_label: '__address__', replacement: 'blackbox:9115' },
  ];
  expect(labelled('https://shop.example', {}, { params: { module: ['http_2xx'] }, relabel_configs })).toEqual([
    { labels: { job: 'probe', instance: 'https://shop.example', module: 'http_2xx' }, address: 'blackbox:9115' },
  ]);
});

it('are none where the target is dropped', () => {
  expect(
    labelled('a:80', {}, { relabel_configs: [{ action: 'drop', source_labels: ['job'], regex: 'probe' }] }),
  ).toEqual([]);
});
