import { matchesWhole } from '../../query/re2.ts';
import { listAt, textValue } from '../../read/values.ts';
import type { AlertLabels } from './alert-labels.ts';

/** What relabelling steps make of labels. Where a step depends on what is not known, its label may have any value. */
export function relabelled(labels: AlertLabels, steps: readonly unknown[]): AlertLabels {
  return steps.reduce<AlertLabels>(step, labels);
}

/** Whether relabelling may drop an alert altogether. */
export function mayDrop(steps: readonly unknown[]): boolean {
  return steps.some((one) => /^(?:drop|keep)/.test(actionOf(one)));
}

const anything: AlertLabels = () => undefined;

function step(labels: AlertLabels, config: unknown): AlertLabels {
  const action = actionOf(config);
  const regex = textValue(config, 'regex') ?? '(.*)';
  if (/^(?:drop|keep)(?:equal)?$/.test(action)) return labels;
  if (action === 'labeldrop') return (label) => (matchesWhole(regex, label) ? [''] : labels(label));
  if (action === 'labelkeep') return (label) => (matchesWhole(regex, label) ? labels(label) : ['']);
  const target = textValue(config, 'target_label') ?? '';
  if (action === 'labelmap' || target.includes('$')) return anything;
  const made = action === 'replace' ? replaced(labels, config, regex, target) : undefined;
  return (label) => (label === target ? made : labels(label));
}

function replaced(labels: AlertLabels, config: unknown, regex: string, target: string): readonly string[] | undefined {
  const sources = listAt(config, 'source_labels').map((name) => labels(textValue(name) ?? ''));
  if (sources.some((values) => values?.length !== 1)) return undefined;
  const source = sources.map((values) => values?.[0] ?? '').join(textValue(config, 'separator') ?? ';');
  if (!matchesWhole(regex, source)) return labels(target);
  const replacement = textValue(config, 'replacement') ?? '$1';
  if (!replacement.includes('$')) return [replacement];
  return regex === '(.*)' && /^\$(?:1|\{1\})$/.test(replacement) ? [source] : undefined;
}

function actionOf(config: unknown): string {
  return (textValue(config, 'action') ?? 'replace').toLowerCase();
}
