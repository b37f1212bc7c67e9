import { durationSeconds } from '../../model/duration.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { serviceByHost } from '../../model/stack.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { addressOf } from './outside-hosts.ts';

/** Seconds that Grafana takes for the time between two scrapes where nothing is written. */
const assumed = 15;

/**
 * `$__rate_interval` is at least four times the scrape interval that the datasource names, 15 seconds where it names none
 * (https://grafana.com/docs/grafana/v10.2/datasources/prometheus/template-variables/#use-__rate_interval).
 */
export const longInterval = defineRule({
  id: 'grafana/long-interval',
  severity: 'warning',
  over: 'datasource',
  claim: 'Every Prometheus is scraping at least as often as its datasource says.',
  check: (source, { grafana, stack }): FindingDraft[] => {
    const host = source.url === undefined ? undefined : addressOf(source.url.value)?.host;
    const service = host === undefined ? undefined : serviceByHost(stack, host);
    const prometheus = stack.prometheus.find((one) => one.service === service?.name);
    if (source.type !== 'prometheus' || prometheus?.file === undefined) return [];
    const file = (grafana.provisioned ?? []).find((one) => one.file === source.at.file);
    const written = textValue(valueAt(file?.value, ...(source.at.pointer ?? [])), 'jsonData', 'timeInterval');
    const named = written === undefined || written === '' ? assumed : durationSeconds(written);
    const real = prometheus.scrapeInterval;
    if (named === undefined || real <= named) return [];
    const uses = grafana.dashboards.some((board) =>
      board.panels.some(({ queries }) => queries.some(({ expr }) => expr?.value.includes('__rate_interval') === true)),
    );
    if (!uses) return [];
    const says = written === undefined || written === '' ? 'says nothing, which is taken for 15s' : `says "${written}"`;
    return [
      {
        at: {
          ...source.at,
          pointer: [...(source.at.pointer ?? []), ...(written === undefined ? ['type'] : ['jsonData', 'timeInterval'])],
        },
        message: `Prometheus of datasource "${source.name}" is scraping every ${real} s and the datasource ${says}, so "$__rate_interval" is shorter than four scrapes and rates have gaps`,
        related: [
          { at: { file: prometheus.file, pointer: ['global', 'scrape_interval'] }, note: 'how often it scrapes' },
        ],
        hint: `Write "timeInterval: ${real}s"`,
        facts: { datasource: source.name, scrape: real, named },
      },
    ];
  },
});
