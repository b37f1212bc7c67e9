import type { AlertmanagerConfig, Matcher, Receiver, Route } from '../../model/alertmanager.ts';
import { type Labels, matcherHolds } from '../../query/routing.ts';

/** What is known of an alert before it fires: labels with a value, and those whose value is not known. */
export interface StaticLabels {
  readonly known: Labels;
  /** Every other label may come from the series. */
  readonly open: (label: string) => boolean;
}

/** Every route an alert may end in, whatever the labels that are not known. */
export function possibleRoutes(config: AlertmanagerConfig, labels: StaticLabels): Route[] {
  return config.route === undefined ? [] : walk(config.route, labels).routes;
}

/** Receivers of routes, those that do not exist left out. */
export function receiversOf(config: AlertmanagerConfig, routes: readonly Route[]): Receiver[] {
  const names = new Set(routes.map((route) => route.receiver));
  return config.receivers.filter((receiver) => names.has(receiver.name));
}

type Truth = 'yes' | 'no' | 'open';

function walk(route: Route, labels: StaticLabels): { readonly taken: Truth; readonly routes: Route[] } {
  const own = holds(route.matchers, labels);
  if (own === 'no') return { taken: 'no', routes: [] };
  const routes: Route[] = [];
  let surely = false;
  for (const child of route.routes) {
    const found = walk(child, labels);
    routes.push(...found.routes);
    if (found.taken !== 'yes') continue;
    surely = true;
    if (!child.continue) break;
  }
  return { taken: own, routes: surely ? routes : [...routes, route] };
}

function holds(matchers: readonly Matcher[], labels: StaticLabels): Truth {
  const each = matchers.map((matcher): Truth => {
    if (labels.open(matcher.label)) return 'open';
    return matcherHolds(matcher, labels.known) ? 'yes' : 'no';
  });
  return each.includes('no') ? 'no' : each.includes('open') ? 'open' : 'yes';
}
