/** Keywords at the top of a file that are not jobs (https://docs.gitlab.com/ci/yaml/#global-keywords). */
export const keywords: ReadonlySet<string> = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'types',
  'variables',
  'workflow',
]);

/** What a job takes from `default` (https://docs.gitlab.com/ci/yaml/#default). */
export const inheritable = [
  'after_script',
  'artifacts',
  'before_script',
  'cache',
  'hooks',
  'id_tokens',
  'identity',
  'image',
  'interruptible',
  'retry',
  'services',
  'tags',
  'timeout',
] as const;

/** The older way to write some of them: at the top of the file. */
export const global: ReadonlySet<string> = new Set(['after_script', 'before_script', 'cache', 'image', 'services']);
