import { expect, test } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { leftOutside } from './left-outside.ts';

const compose = 'services: { p: { image: "prom/prometheus:v2" }, app: { image: "example/app:1" } }';
const [stack] = readRepository(treeOf({ 'compose.yml': compose })).stacks;

function left(files: Record<string, string>, environment: Record<string, string> = {}): string[] {
  if (stack === undefined) throw new Error('no stack in the test tree');
  const tree = treeOf(files);
  const kept = stack.services.filter((service) => service.name === 'p');
  return leftOutside({
    stack,
    kept,
    files: tree.files,
    dialling: [...tree.files.keys()],
    compose: { services: { p: { environment } } },
  });
}

test.each([
  [
    'scrape_configs: [{ static_configs: [{ targets: ["10.0.0.1:9100"] }] }]',
    'scrape_configs[0].static_configs[0].targets[0]',
  ],
  ['scrape_configs: [{ static_configs: [{ targets: ["app:80"] }] }]', 'scrape_configs[0].static_configs[0].targets[0]'],
  [
    'scrape_configs: [{ relabel_configs: [{ target_label: __address__, replacement: "10.0.0.1:9115" }] }]',
    '[0].replacement',
  ],
  ['remote_write: [{ url: "https://a.example.org/push" }]', 'remote_write[0].url'],
  ['global: { smtp_smarthost: "smtp.example.org:25" }', 'global.smtp_smarthost'],
  ['receivers: [{ slack_configs: [{ api_url: "https://hooks.slack.com/x" }] }]', 'slack_configs[0].api_url'],
  ['ruler: { alertmanager_url: "http://192.168.1.4:9093" }', 'ruler.alertmanager_url'],
  ['datasources: [{ url: "http://172.16.0.9:9090" }]', 'datasources[0].url'],
])('an address that is still dialled is found: %s', (yaml, at) => {
  expect(left({ 'a.yml': yaml })).toEqual([expect.stringContaining(at)]);
});

test('Grafana settings are looked at in the file and in the environment', () => {
  expect(left({ 'g.ini': '[smtp]\nhost = smtp.example.org:587\n' })).toEqual(['g.ini smtp.host smtp.example.org:587']);
  expect(left({}, { GF_AUTH_GENERIC_OAUTH_API_URL: 'http://10.0.0.84/x' })).toEqual([
    expect.stringContaining('GF_AUTH_GENERIC_OAUTH_API_URL'),
  ]);
});

test.each([
  'scrape_configs: [{ static_configs: [{ targets: ["p:9090", "localhost:9090", "outside-a:9100"] }] }]',
  'scrape_configs: [{ relabel_configs: [{ target_label: host, replacement: "$1" }, { target_label: env, replacement: prod.example }] }]',
  'receivers: [{ slack_configs: [{ title_link: "https://wiki.example.org", icon_url: "https://a.example.org/i.png" }] }]',
  'groups: [{ rules: [{ annotations: { runbook_url: "https://wiki.example.org/x" } }] }]',
  'clients: [{ url: "${LOKI_URL}" }]',
])('an address of the lab, or one only shown to people, is not: %s', (yaml) => {
  expect(left({ 'a.yml': yaml })).toEqual([]);
});
