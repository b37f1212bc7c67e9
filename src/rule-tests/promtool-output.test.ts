import { expect, it } from 'vitest';
import { readTestOutput } from './promtool-output.ts';

const output = `Unit Testing:  a.json
  FAILED:
    alertname: A, time: 1h, 
        exp:[], 
        got:[
            0:
              Labels:{alertname="A", path="C:\\\\ \\"x\\", y=\\u00e9\\x7f"}
              Annotations:{text="two\\nlines"},
            1:
              Labels:{alertname="A", path="C:\\\\alpha\\\\x41\\a"}
              Annotations:{}
            ]

    expr: "min(ALERTS_FOR_STATE{alertname=\\"A\\"})", time: 1h,
        exp: nil
        got: {} 4.5E+02

Unit Testing:  b.json
  SUCCESS

Unit Testing:  c.json
  WARNING: no file match pattern r.json
  FAILED:
    rule: A, time: 30s, err: found duplicate series

Unit Testing:  d.json
  FAILED:
d.json: yaml: line 1: did not find expected key

Unit Testing:  e.json
panic: it broke
`;

it('is what promtool says of each file', () => {
  const results = readTestOutput(output.replaceAll('\n', '\r\n'));
  expect(Object.fromEntries(results)).toEqual({
    'a.json': {
      fired: [
        { labels: { alertname: 'A', path: 'C:\\ "x", y=é\u007f' }, annotations: { text: 'two\nlines' } },
        { labels: { alertname: 'A', path: 'C:\\alpha\\x41\u0007' }, annotations: {} },
      ],
      since: 450,
      errors: [],
    },
    'b.json': { fired: [], errors: [] },
    'c.json': { fired: [], errors: ['rule: A, time: 30s, err: found duplicate series'] },
    'd.json': { fired: [], errors: ['d.json: yaml: line 1: did not find expected key'] },
  });
});
