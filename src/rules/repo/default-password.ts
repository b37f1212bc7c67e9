import type { FindingDraft } from '../../model/finding.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isComment, linesOf } from '../support/line-context.ts';
import { lineText, stackFiles } from '../support/stack-files.ts';

const known =
  /^(?:admin|password|passwd|pass|secret|changeme|change[-_]?(?:me|it|this)[\w!-]*|default|root|guest|test|grafana|prometheus|postgres|redis|letmein|qwerty|admin123|password123|1234+)$/i;
const name = '\\w*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_KEY|SECRET_KEY)';
const defaulted = new RegExp(`\\$\\{(${name}):?-([^}$]+)\\}`, 'gi');
const written = new RegExp(`^\\s*(?:export\\s+)?(${name})=["']?([^"'\\s#]+)`, 'i');

/** A default that everybody knows is the password of every installation where nobody set another. */
export const defaultPassword = defineRule({
  id: 'repo/default-password',
  severity: 'warning',
  over: 'repository',
  claim: 'No secret of a stack has a default that everybody knows.',
  check: (repository) =>
    stackFiles(repository)
      .filter(
        (file) =>
          /\.ya?ml$|(?:^|\.)env(?:$|\.)|\.(?:ini|conf|sh)$/.test(baseOf(file)) && !/example|sample|template/.test(file),
      )
      .flatMap((file) => {
        const text = lineText(repository, file);
        return text === undefined ? [] : defaultsIn(file, text);
      }),
});

function defaultsIn(file: string, text: string): FindingDraft[] {
  const settings = /(?:^|\.)env(?:$|\.)/.test(baseOf(file));
  // Most files have neither.
  if (!settings && !/\$\{\w+:?-/.test(text)) return [];
  return linesOf(text).flatMap((line) => {
    // The administrator of Grafana has a rule of its own.
    if (isComment(line.text) || line.text.includes('GF_SECURITY_ADMIN_PASSWORD')) return [];
    const found = [...line.text.matchAll(defaulted)];
    const own = settings ? written.exec(line.text) : null;
    return [...found, ...(own === null ? [] : [own])].flatMap((match): FindingDraft[] => {
      const [, variable = '', value = ''] = match;
      if (!known.test(value)) return [];
      const start = line.start + match.index + match[0].lastIndexOf(value);
      return [
        {
          at: { file, span: [start, start + value.length] },
          message: `"${variable}" has a default that everybody knows, so where nobody sets it everybody has it`,
          hint: `Write "\${${variable}:?}": a stack without it then does not start`,
          facts: { variable },
        },
      ];
    });
  });
}
