import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, told } from '../test-support.ts';
import { missingTemplate } from './missing-template.ts';
import { undefinedReceiver } from './undefined-receiver.ts';
import { unusedReceiver } from './unused-receiver.ts';

const files = (config: string, service = alertmanager): Record<string, string> => ({
  'docker-compose.yml': composeOf({ alertmanager: service }),
  'alertmanager.yml': config,
});
const hook = '    webhook_configs: [{url: "http://chat:1"}]\n';

describe('alertmanager/undefined-receiver', () => {
  const config = (name: string): string =>
    `route:\n  receiver: a\n  routes:\n    - receiver: ${name}\n    - matchers: []\nreceivers:\n  - name: a\n`;

  it('finds a name that is not defined, and no inherited one', () => {
    expect(told(undefinedReceiver, files(config('b')))).toEqual([
      'error alertmanager.yml:4 Receiver "b" is defined nowhere, so Alertmanager refuses the file and does not start',
    ]);
    expect(told(undefinedReceiver, files(config('a')))).toEqual([]);
  });
});

describe('alertmanager/unused-receiver', () => {
  it('finds a receiver with an integration that no route names', () => {
    const config = `route:\n  receiver: a\nreceivers:\n  - name: a\n  - name: b\n${hook}  - name: silent\n`;
    expect(told(unusedReceiver, files(config))).toEqual([
      'warning alertmanager.yml:5 Receiver "b" is named by no route, so no alert ever reaches it',
    ]);
  });

  it('says nothing of a file without a route', () => {
    expect(told(unusedReceiver, files(`receivers:\n  - name: b\n${hook}`))).toEqual([]);
  });
});

describe('alertmanager/missing-template', () => {
  const config = 'templates: ["/etc/alertmanager/t/*.tmpl"]\n';

  it.each([
    ['is not mounted', alertmanager, /^warning .*matches no file in the container/],
    ['is on a volume', `${alertmanager}\n  - data:/etc/alertmanager/t`, /^info .*outside the repository/],
    ['may be in an image of its own', `${alertmanager}\nbuild: .`, /^info .*the image may bring it/],
  ])('finds what %s', (_, service, expected) => {
    expect(told(missingTemplate, files(config, service))).toEqual([expect.stringMatching(expected)]);
  });

  it('is silent about what is there', () => {
    const service = `${alertmanager}\n  - ./t:/etc/alertmanager/t`;
    expect(told(missingTemplate, { ...files(config, service), 't/a.tmpl': '' })).toEqual([]);
  });
});
