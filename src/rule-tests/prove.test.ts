import { describe, expect, it } from 'vitest';
import { proveAlerts } from './prove.ts';
import { alertsFrom } from './testing.ts';

const fired = (annotations: string): string => `  FAILED:
    alertname: A, time: 6m,
        exp:[],
        got:[
            0:
              Labels:{alertname="A", job="node"}
              Annotations:${annotations}
            ]

    expr: "min(ALERTS_FOR_STATE{alertname=\\"A\\"})", time: 6m,
        exp: nil
        got: {} 1.5E+01

    expr: "max(max_over_time(timestamp(ALERTS{alertname=\\"A\\",alertstate=\\"pending\\"})[360s:15s]))", time: 6m,
        exp: nil
        got: {} 6E+01
`;

/** A promtool that answers each test by its number: 0 is the firing case of the one alert, 1 the silent one. */
function promtool(...answers: readonly string[]) {
  return async (_files: ReadonlyMap<string, string>, tests: readonly string[]): Promise<string> =>
    tests.map((name, index) => `Unit Testing:  ${name}\r\n${answers[index] ?? '  SUCCESS\n'}\r\n`).join('');
}

const prove = async (expr: string, run: Parameters<typeof proveAlerts>[1], lasting = '1m') =>
  (await proveAlerts(alertsFrom([{ alert: 'A', expr, for: lasting }]), run))[0];

describe('what promtool says of an alert', () => {
  it('is a pass where it fires in one case and is silent in the other', async () => {
    expect(await prove('up == 0', promtool(fired('{}')))).toEqual({ settled: true, looked: 2, problems: [] });
  });

  it('is unknown where it stays silent all the time, and says on what', async () => {
    const verdict = await prove('up == 0', promtool());
    expect(verdict?.unknown).toBe(
      'promtool sees it silent on input that should make it fire: up{job="node",instance="a:9100",zone="z"} at 0',
    );
  });

  it('is unknown where it fires in both cases', async () => {
    expect(await prove('up == 0', promtool(fired('{}'), fired('{}')))).toMatchObject({
      unknown: expect.stringContaining('should leave it silent'),
    });
  });

  it('is unknown where it does not wait', async () => {
    expect(await prove('up == 0', promtool(fired('{}')), '5m')).toMatchObject({
      unknown: expect.stringContaining('waits for 300s'),
    });
  });

  it('fails where it fires while all is well and with no series at all', async () => {
    const always = promtool(fired('{}'), fired('{}'), fired('{}'));
    expect(await prove('absent(up == 0)', always)).toMatchObject({
      problems: [expect.stringContaining('fires whatever its series are')],
    });
  });

  it('fails where it only fires with samples that nobody scrapes', async () => {
    expect(await prove('rate(x_total[10s]) > 0', promtool(fired('{}')))).toMatchObject({
      problems: [
        'it never fires at the interval its series are scraped at, only with a sample every 2s: its range is too short',
      ],
    });
  });

  it('fails where a template does not expand', async () => {
    const broken = '{text="<error expanding template: x>", more="a \\"b\\""}';
    expect(await prove('up == 0', promtool(fired(broken)))).toMatchObject({
      problems: [expect.stringContaining('annotation "text" comes out as')],
    });
  });

  it('passes what asks for no series with a note', async () => {
    expect(await prove('vector(1)', promtool(fired('{}')))).toMatchObject({
      problems: [],
      note: 'it asks for no series and fires for ever',
    });
  });

  it('is unknown where the rules do not load or evaluate', async () => {
    const broken = '  FAILED:\n    rule: A, time: 1m0s, err: found duplicate series\n';
    expect(await prove('up == 0', promtool(broken, broken))).toMatchObject({
      unknown: 'promtool cannot evaluate it: rule: A, time: 1m0s, err: found duplicate series',
    });
  });
});
