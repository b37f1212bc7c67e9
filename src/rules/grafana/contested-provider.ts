import type { FindingDraft } from '../../model/finding.ts';
import type { DashboardProvider } from '../../model/grafana.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A provider takes away what was loaded under its name and does not lie in its folder, and two providers that load one file
 * find a duplicate and stop writing (https://github.com/grafana/grafana/blob/v10.2.0/pkg/services/provisioning/dashboards/file_reader.go).
 */
export const contestedProvider = defineRule({
  id: 'grafana/contested-provider',
  severity: 'error',
  over: 'grafana',
  claim: 'No two dashboard providers have one name or load the same files.',
  check: ({ providers, dashboards }) => {
    const loads = (provider: DashboardProvider): boolean =>
      dashboards.some(({ file }) => provider.repoPath !== undefined && within(file, provider.repoPath));
    return providers.flatMap((provider, index): FindingDraft[] =>
      providers.slice(0, index).flatMap((other): FindingDraft[] => {
        if (provider.path === '' || other.path === '') return [];
        const related = [{ at: other.at, note: 'the other provider' }];
        const facts = { provider: provider.name, other: other.name };
        const sure: Pick<FindingDraft, 'severity'> = loads(provider) && loads(other) ? {} : { severity: 'warning' };
        // Two organisations may have the same dashboards.
        if (provider.org === other.org && (within(provider.path, other.path) || within(other.path, provider.path))) {
          const what = provider.path === other.path ? `"${provider.path}"` : `"${provider.path}" and "${other.path}"`;
          const message = `Providers "${provider.name}" and "${other.name}" load the same files, those of ${what}, so Grafana finds each uid twice and stops writing`;
          return [{ at: provider.at, ...sure, message, related, hint: 'Give each a folder of its own', facts }];
        }
        if (provider.name !== other.name) return [];
        const message = `Two providers have the name "${provider.name}", so each deletes the dashboards of the other`;
        return [{ at: provider.at, ...sure, message, related, hint: 'Give each a name of its own', facts }];
      }),
    );
  },
});

function within(path: string, folder: string): boolean {
  return `${path}/`.startsWith(folder === '.' ? '' : `${folder}/`);
}
