import { describe, expect, it } from 'vitest';
import { type Holds, whyNoLines, whyNoSeries } from './no-data.ts';

const holding =
  (...selectors: string[]): Holds =>
  async (selector) =>
    selectors.includes(selector);

describe('whyNoSeries', () => {
  it.each([
    ['rate(x[5m])', ['up == 1'], 'no data: metric absent', 'no series of "x"'],
    ['x', ['up == 1', 'up == 0'], 'no data: metric absent', 'while some targets are down'],
    ['x{job="a"} > 1', ['up{job="a"}'], 'no data: target down', 'up{job="a"} is down'],
    ['x{job="a"}', [], 'no data: target absent', 'no target is up{job="a"}'],
    ['up{job="a"}', ['up', 'up{job=~".+"}'], 'no data: target absent', 'no target is up{job="a"}'],
    ['x{a="b"}', ['x', 'x{a=~".+"}'], 'no data: value absent', 'no series of x has a="b"'],
    ['x{a="b",c="d"}', ['x', 'x{c="d"}'], 'no data: label absent', 'has a label "a"'],
    ['x{a="b",c="d"}', ['x'], 'no data: value absent', 'no series is x{a="b",c="d"}'],
    ['x / on(i) y{a="b"} > 3', ['x', 'y{a="b"}'], 'no data: nothing left', 'every series it reads is there'],
    ['x / y', ['x', 'up == 1'], 'no data: metric absent', '"y"'],
  ])('of %s where there is %j', async (expr, there, seen, note) => {
    const reason = await whyNoSeries(expr, holding(...there));
    expect(reason).toMatchObject({ seen });
    expect(reason.note).toContain(note);
  });
});

describe('whyNoLines', () => {
  it.each([
    ['rate({a="b"} |= "x" [5m])', ['{a="b"}'], 'no data: nothing left'],
    ['{a="b", c="d"}', ['{c="d"}', '{c="d",a=~".+"}'], 'no data: value absent'],
    ['{a="b", c="d"}', ['{a="b"}'], 'no data: label absent'],
    ['{a="b"}', [], 'no data: stream absent'],
  ])('of %s where there is %j', async (expr, there, seen) => {
    expect(await whyNoLines(expr, holding(...there))).toMatchObject({ seen });
  });
});
