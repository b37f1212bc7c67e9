import type { FindingDraft } from '../../model/finding.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { keyIn } from '../support/places.ts';
import { goSeconds } from './go-seconds.ts';

const longest = 15 * 60;

/**
 * A check counts as failed after `retries` failures, `interval` after the end of the one before
 * (https://docs.docker.com/reference/dockerfile/#healthcheck). 30 seconds, 30 seconds and 3 where nothing is written.
 */
export const doubtfulCheck = defineRule({
  id: 'compose/doubtful-check',
  severity: 'warning',
  over: 'service',
  claim: 'Every health check runs neither all the time nor so rarely that it tells nothing.',
  check: (service): FindingDraft[] => {
    const read = (key: string, fallback: number): number | undefined => {
      const text = textValue(service.definition, 'healthcheck', key);
      return text === undefined ? fallback : goSeconds(text);
    };
    if (service.healthcheck === undefined) return [];
    const [interval, timeout] = [read('interval', 30) || 30, read('timeout', 30) || 30];
    const retries = Number(textValue(service.definition, 'healthcheck', 'retries') ?? 3) || 3;
    const facts = { service: service.name, interval, timeout, retries };
    const found = (key: string, what: string, hint: string): FindingDraft[] => [
      {
        at: keyIn(service, 'healthcheck', key),
        message: `The health check of service "${service.name}" ${what}`,
        hint,
        facts,
      },
    ];
    if (interval < 1)
      return found(
        'interval',
        `runs every "${interval}" seconds, so it costs more than what it watches`,
        'Check every few seconds',
      );
    const slowest = (interval + timeout) * retries;
    if (slowest < longest) return [];
    const minutes = Math.round(slowest / 60);
    return found(
      'interval',
      `takes up to ${minutes} minutes until a hung program counts as unhealthy, so nobody is told in time`,
      'Check more often, or with fewer retries',
    );
  },
});
