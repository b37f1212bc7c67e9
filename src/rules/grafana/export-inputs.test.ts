import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { exportInputs } from './export-inputs.ts';
import { grafanaWith } from './test-support.ts';
import { unprovisionedDatasource } from './unprovisioned-datasource.ts';

const inputs = { __inputs: [{ name: 'DS_P', type: 'datasource' }], title: 'A' };
const uses = { datasource: { uid: '${DS_P}' }, targets: [{ expr: 'up', datasource: { uid: '${DS_P}' } }] };

describe('grafana/export-inputs', () => {
  it.each([
    ['inputs that nothing uses', { ...inputs, panels: [] }],
    [
      'a variable of that name',
      { ...inputs, panels: [uses], templating: { list: [{ name: 'DS_P', type: 'datasource' }] } },
    ],
    ['no inputs, which is another rule', { title: 'A', panels: [uses] }],
  ])('is silent about %s', (_, dashboard) => {
    expect(told(exportInputs, grafanaWith({ 'a.json': dashboard }))).toEqual([]);
  });

  it('finds an input once, and no other rule does', () => {
    const files = grafanaWith({ 'a.json': { ...inputs, panels: [uses] } });
    expect(told(exportInputs, files)).toEqual([
      'error boards/a.json:1 Dashboard "A" waits for "${DS_P}" of its import form 2 times, and a provisioned file has none, so what uses it shows no data',
    ]);
    expect(told(unprovisionedDatasource, files)).toEqual([]);
  });

  it('finds a constant', () => {
    const dashboard = {
      __inputs: [{ name: 'VAR_JOB', type: 'constant' }],
      title: 'A',
      links: [{ url: '/x?job=${VAR_JOB}' }],
    };
    expect(told(exportInputs, grafanaWith({ 'a.json': dashboard }))).toHaveLength(1);
  });

  it('only tells of it where a script may fill it in', () => {
    const files = {
      ...grafanaWith({ 'a.json': { ...inputs, panels: [uses] } }),
      'fill.sh': 'envsubst < boards/a.json > out',
    };
    expect(told(exportInputs, files)).toEqual([expect.stringMatching(/^info .*"fill.sh" may fill it in/)]);
  });

  it('is silent where a datasource has the name that stands there', () => {
    const files = grafanaWith(
      { 'a.json': { ...inputs, panels: [uses] } },
      'datasources: [{name: "$${DS_P}", type: prometheus}]',
    );
    expect(told(exportInputs, files)).toEqual([]);
  });
});
