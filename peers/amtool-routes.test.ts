import { treeOf } from '../src/model/tree.ts';
import { routesFor } from '../src/query/routing.ts';
import { readRepository } from '../src/read/repository.ts';
import { type RouteCase, routeCase } from './alertmanager/routes.ts';
import { type Compared, hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import { many } from './support/samples.ts';

const compose =
  'services:\n  a:\n    image: prom/alertmanager:v0.26.0\n    volumes: ["./am.yml:/etc/alertmanager/alertmanager.yml"]\n';

function ourReceivers({ config, labels }: RouteCase): string {
  const { stacks } = readRepository(treeOf({ 'compose.yml': compose, 'am.yml': config }));
  const [alertmanager] = stacks.flatMap((stack) => stack.alertmanager);
  return alertmanager === undefined
    ? 'none'
    : routesFor(alertmanager, labels)
        .map((route) => route.receiver)
        .join();
}

withGenuine('amtool', 'sends alerts to the receivers that our walk of the routes reaches', async (amtool) => {
  const cases = Array.from({ length: many(500) }, (_, number) => routeCase(number));
  const answers = await ask(
    amtool,
    cases.map(({ config, labels }) => ({
      args: [
        'config',
        'routes',
        'test',
        '--config.file=am.yml',
        ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
      ],
      files: { 'am.yml': config },
    })),
  );
  const compared = cases.map((one, index): Compared<RouteCase> => {
    const theirs = answers[index]?.output.trim() ?? '';
    return { subject: one, ours: ourReceivers(one), theirs, shown: `${JSON.stringify(one.labels)}\n${one.config}` };
  });
  console.log(`${compared.filter(({ theirs }) => theirs !== 'root').length} of them leave the root`);
  hold('amtool config routes test', settle(compared, []), 500);
});
