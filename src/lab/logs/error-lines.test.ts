import { describe, expect, it } from 'vitest';
import type { Product } from '../../model/stack.ts';
import { errorLines } from './error-lines.ts';
import { expectedErrors, whyExpected } from './expected-errors.ts';

describe('the lines of a log that tell of an error', () => {
  it.each([
    ['logfmt', 'ts=2023-10-24T10:00:00.000Z caller=main.go:1 level=error component=tsdb msg="x" err="y"'],
    ['logfmt, quoted', 'ts=1 level="error" msg=x'],
    ['the older word of Grafana', 't=2020-10-21T02:48:31+0000 lvl=eror msg="x" logger=provisioning'],
    ['JSON', '{"caller":"main.go:1","level":"error","msg":"x","ts":"2023-10-24T10:00:00.000Z"}'],
    ['klog', 'E1126 03:52:39.123456       1 cadvisor.go:200] Failed to start'],
    ['klog, fatal', 'F1126 03:52:39.123456       1 cadvisor.go:150] Failed to create a manager'],
    ['a terminal, coloured', '\u001b[31mERROR\u001b[0m[11-26|03:52:39] x logger=y'],
    ['the Go runtime', 'panic: runtime error: index out of range [5] with length 3'],
    ['a handler that fell over', 'ts=1 level=warn msg="http: panic serving 10.0.0.1:5: boom"'],
  ])('are found in %s', (_, line) => {
    expect(errorLines(`level=info msg=a\n${line}\n`)).toHaveLength(1);
  });

  it.each([
    ['a warning', 'level=warn ts=1 msg="error sending batch, will retry" error="connection refused"'],
    ['another log in a message', 'level=info msg="line: level=error msg=x"'],
    ['another log in a JSON message', '{"level":"info","msg":"level=error "}'],
    ['klog, informal', 'I1126 03:52:39.123456       1 manager.go:10] Starting'],
    ['a word', 'level=info msg="no error" errors=0'],
  ])('are not found in %s', (_, line) => {
    expect(errorLines(line)).toEqual([]);
  });
});

describe('an expected error', () => {
  const table: readonly (readonly [product: Product, line: string, expected: boolean])[] = [
    ['loki', 'level=error ts=1 caller=ratestore.go:109 msg="error getting ingester clients" err="empty ring"', true],
    [
      'loki',
      'level=error ts=1 caller=mapper.go:42 msg="unable to read rules directory" path=/loki/rules-temp err="open /loki/rules-temp: no such file or directory"',
      true,
    ],
    [
      'loki',
      'level=error ts=1 caller=flush.go:144 org_id=fake msg="failed to flush" err="mkdir /loki/chunks: permission denied"',
      false,
    ],
    [
      'grafana',
      'logger=provisioning.plugins t=1 level=error msg="Failed to read plugin provisioning files from directory" path=/etc/grafana/provisioning/plugins error="open /etc/grafana/provisioning/plugins: no such file or directory"',
      true,
    ],
    [
      'grafana',
      'logger=provisioning.datasources t=1 level=error msg="can\'t read datasource provisioning files from directory" error="open /x: permission denied"',
      false,
    ],
    ['grafana', 'logger=plugins.update.checker t=1 level=error msg="Update check failed" error="dial tcp"', true],
    ['grafana', 'logger=sqlstore t=1 level=error msg="database is locked"', false],
    [
      'prometheus',
      'ts=1 caller=notifier.go:530 level=error component=notifier alertmanager=http://a:9093 msg="Error sending alert" err="x"',
      true,
    ],
    [
      'prometheus',
      'ts=1 caller=scrape.go:1359 level=error component="scrape manager" msg="Scrape commit failed" err="no space left on device"',
      false,
    ],
    [
      'alertmanager',
      'ts=1 caller=dispatch.go:353 level=error component=dispatcher msg="Notify for alerts failed" err="x"',
      true,
    ],
    [
      'alertmanager',
      'ts=1 caller=coordinator.go:118 level=error component=configuration msg="Loading configuration file failed"',
      false,
    ],
    [
      'promtail',
      'level=error ts=1 caller=positions.go:179 msg="error writing positions file" error="open /run/x: no such file or directory"',
      false,
    ],
    [
      'promtail',
      'level=error ts=1 caller=client.go:430 component=client host=loki:3100 msg="final error sending batch" status=400 error="timestamp too old"',
      true,
    ],
    ['node-exporter', 'ts=1 caller=collector.go:169 level=error msg="collector failed" name=rapl err="x"', true],
    [
      'cadvisor',
      'E0423 12:09:59.940802       1 manager.go:1116] Failed to create existing container: /docker/b41: failed to identify',
      true,
    ],
    ['cadvisor', 'E0423 12:09:59.940802       1 cadvisor.go:170] Failed to start', false],
  ];

  it.each(table)('of %s: %s', (product, line, expected) => {
    expect(errorLines(line)).toHaveLength(1);
    expect(whyExpected(product, line) !== undefined).toBe(expected);
  });

  it('has a reason', () => {
    for (const { why } of expectedErrors) expect(why.length).toBeGreaterThan(20);
  });
});
