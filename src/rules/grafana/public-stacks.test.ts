import { describe, expect, it } from 'vitest';
import { composeOf, told } from '../test-support.ts';
import { lostCorrelation } from './lost-correlation.ts';
import { uninstalledPlugin } from './uninstalled-plugin.ts';

const files = (image: string, more: Readonly<Record<string, string>>): Record<string, string> => ({
  'compose.yml': composeOf({ grafana: `image: ${image}\nvolumes: ["./provisioning:/etc/grafana/provisioning"]` }),
  ...more,
});

describe('grafana/lost-correlation', () => {
  const leadingTo = (target: string): string[] =>
    told(
      lostCorrelation,
      files('grafana/grafana:10.2.0', {
        'provisioning/datasources/all.yml': `datasources:
  - {name: Figures, type: prometheus, uid: figures-1, url: "http://a"}
  - {name: Traces, type: tempo, url: "http://b", jsonData: {serviceMap: {datasourceUid: ${target}}}}
`,
      }),
    );

  it.each(['figures-1', 'Figures'])('takes %s, a uid or a name', (target) => expect(leadingTo(target)).toEqual([]));
  it('finds neither', () => expect(leadingTo('figures')).toHaveLength(1));
});

describe('grafana/uninstalled-plugin', () => {
  it.each([
    ['10.2.0', 'grafana-lokiexplore-app', 1],
    ['11.6.0', 'grafana-lokiexplore-app', 0],
    ['11.6.0', 'somebodys-own-app', 1],
  ])('of Grafana %s and the app %s', (version, app, count) => {
    const plugins = { 'provisioning/plugins/apps.yml': `apps:\n  - {type: ${app}}\n` };
    expect(told(uninstalledPlugin, files(`grafana/grafana:${version}`, plugins))).toHaveLength(count);
  });
});
