import { logTail, shapes } from '../../../src/index.ts';
import { lab } from '../run.ts';

/** Whether a stage drops whatever comes: its expression matches every shape of line, and the empty one. */
export function dropsEverything(job: Readonly<Record<string, unknown>>): boolean {
  const stages = Array.isArray(job['pipeline_stages']) ? job['pipeline_stages'] : [];
  const samples = ['', 'x', ...shapes.map((shape) => shape('word', '2024-01-01T00:00:00Z'))];
  return stages.some((stage: unknown) => {
    const drop = Object(Reflect.get(Object(stage), 'drop'));
    const expression = Reflect.get(drop, 'expression');
    const others = Object.keys(drop).filter((key) => key !== 'expression' && key !== 'drop_counter_reason');
    if (typeof expression !== 'string' || others.length > 0) return false;
    try {
      const compiled = new RegExp(expression);
      return samples.every((sample) => compiled.test(sample));
    } catch {
      return false;
    }
  });
}

/** The last complaints in a service's log. */
export async function complaints(service: string): Promise<string> {
  const lines = (await logTail(lab(), service, 300)).split('\n');
  const last = lines.filter((line) => /level=(error|warn)/.test(line)).slice(-2);
  return last.map((line) => `\n  ${service} says: ${line.trim().slice(0, 400)}`).join('');
}
