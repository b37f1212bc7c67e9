import { afterEach, describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { baseUrl } from './address.ts';
import { lastingAnswer } from './answer.ts';
import { rangeQuery } from './loki.ts';
import { activeTargets, exposedNames, instantQuery, storedNames } from './prometheus.ts';
import { notStarted } from './ready.ts';
import { arrivals } from './standins.ts';
import { playedLab, type Script } from './testing.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function labWith(script: Script): ReturnType<typeof playedLab> {
  const played = await playedLab(script);
  stops.push(played.stop);
  return played;
}

const found = { status: 'success', data: { resultType: 'streams', result: [{}] } };

describe('a service that still starts', () => {
  it('is asked again until its ring is there', async () => {
    const { lab } = await labWith({
      '/loki/api/v1/query_range': [
        [500, 'empty ring'],
        [503, 'not ready'],
        [200, found],
      ],
    });
    const ask = (): ReturnType<typeof rangeQuery> => rangeQuery(lab, 'http://played:3100', '{a="b"}');
    expect(await lastingAnswer(ask, 5_000)).toEqual({ series: 1 });
    expect(await lastingAnswer(async () => ({ error: 'status 500: empty ring' }), 300)).toEqual({
      error: 'status 500: empty ring (asked for 0.3 s)',
    });
  });

  it('is not asked again where the query itself is wrong', async () => {
    const { lab } = await labWith({
      '/loki/api/v1/query_range': [
        [400, 'parse error at line 1'],
        [200, found],
      ],
      '/api/v1/query': [
        [400, { status: 'error', errorType: 'bad_data', error: 'parse error' }],
        [200, found],
      ],
    });
    const loki = await lastingAnswer(() => rangeQuery(lab, 'http://played:3100', '{'), 5_000);
    expect(loki).toMatchObject({ error: 'status 400: parse error at line 1' });
    const prometheus = await lastingAnswer(() => instantQuery(lab, 'http://played:9090', 'up('), 5_000);
    expect(prometheus).toMatchObject({ error: 'parse error' });
  });

  it('has no targets that could be taken for none', async () => {
    const { lab } = await labWith({
      '/api/v1/targets': [[503, 'Service Unavailable']],
    });
    await expect(activeTargets(lab, 'http://played:9090')).rejects.toThrow('Prometheus answers 503');
  });
});

describe('the messages that arrived', () => {
  it('are not none where the helper gives no list', async () => {
    const empty = { webhooks: [], mails: [] };
    const { lab } = await labWith({
      '/messages': [
        [502, 'Bad Gateway'],
        [200, {}],
        [200, empty],
      ],
    });
    await expect(arrivals(lab)).rejects.toThrow('does not say what arrived (status 502)');
    await expect(arrivals(lab)).rejects.toThrow('does not say what arrived (status 200)');
    expect(await arrivals(lab)).toEqual([]);
  });
});

describe('a target', () => {
  it('belongs to the job that scrapes it, whatever its label says', async () => {
    const target = { scrapePool: 'nodes', labels: { job: 'other' }, scrapeUrl: 'http://a/metrics', health: 'up' };
    const { lab } = await labWith({ '/api/v1/targets': [[200, { data: { activeTargets: [target] } }]] });
    expect(await activeTargets(lab, 'http://played:9090')).toMatchObject([{ job: 'nodes', health: 'up' }]);
  });
});

describe('names of metrics', () => {
  it('are those of the samples of an exposition, and those that are stored', async () => {
    const text = '# HELP a x\n# TYPE a counter\na{b="c d"} 1\nd_total 2 1700000000000\n\n';
    const { lab } = await labWith({
      '/metrics': [[200, text]],
      '/gone': [[500, 'broken']],
      '/api/v1/label/__name__/values': [[200, { status: 'success', data: ['a'] }]],
    });
    expect([...(await exposedNames(lab, 'http://played:1/metrics'))]).toEqual(['a', 'd_total']);
    expect([...(await storedNames(lab, 'http://played:9090', '{job="x"}'))]).toEqual(['a']);
    await expect(exposedNames(lab, 'http://played:1/gone')).rejects.toThrow('answers 500: broken');
  });
});

describe('notStarted', () => {
  const stackOf = (more: string, ini = ''): ReturnType<typeof readRepository>['stacks'][number] => {
    const compose = `services:\n  played:\n    image: grafana/grafana:10.2.0\n    volumes: ['./g.ini:/etc/grafana/grafana.ini:ro']\n${more}`;
    const [stack] = readRepository(treeOf({ 'docker-compose.yml': compose, 'g.ini': ini })).stacks;
    if (stack === undefined) throw new Error('no stack was read');
    return stack;
  };
  const serviceOf = (stack: ReturnType<typeof stackOf>) => {
    const [service] = stack.services;
    if (service === undefined) throw new Error('no service was read');
    return service;
  };

  it.each([
    ['that answers', [[200, 'ok']], undefined],
    ['that asks for a password', [[401, 'who?']], undefined],
    ['that still migrates', [[503, 'database is locked']], /answers 503: database is locked/],
  ] as const)('tells of a service %s', async (_, answers, words) => {
    const { lab } = await labWith({ '/api/health': answers });
    const stack = stackOf('');
    const seen = await notStarted(lab, stack, serviceOf(stack));
    if (words === undefined) expect(seen).toBeUndefined();
    else expect(seen).toMatch(words);
  });

  it('says nothing of a service that nobody reaches', async () => {
    const { lab } = await labWith({ '/api/health': [[503, 'x']] });
    const stack = stackOf('    network_mode: none\n');
    expect(await notStarted(lab, stack, serviceOf(stack))).toBeUndefined();
  });

  it('asks a Grafana below its own path', async () => {
    const { lab } = await labWith({});
    const stack = stackOf(
      '',
      '[server]\nroot_url = %(protocol)s://%(domain)s:%(http_port)s/grafana/\nserve_from_sub_path = true\n',
    );
    expect(baseUrl(lab, stack, 'played')).toBe('http://played:3000/grafana');
  });
});
