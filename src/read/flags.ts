import type { Located } from '../model/location.ts';
import type { Service } from '../model/stack.ts';

/**
 * The value of a command line flag, written `--name=value`, `--name value`, or with a single dash. The last one counts.
 * Words of a shell's `-c` script are searched too. A flag without a value gives `''`.
 */
export function flagValue(service: Service, name: string): Located<string> | undefined {
  const words = service.command.flatMap((word) =>
    /\s-{1,2}[a-z]/.test(word.value)
      ? word.value.split(/\s+/).map((part) => ({ value: part.replace(/^["']|["']$/g, ''), at: word.at }))
      : [word],
  );
  let found: Located<string> | undefined;
  for (const [index, word] of words.entries()) {
    const bare = word.value.replace(/^--?/, '');
    if (bare === word.value) continue;
    if (bare.startsWith(`${name}=`)) found = { value: bare.slice(name.length + 1), at: word.at };
    else if (bare === name) {
      const next = words[index + 1];
      found = next === undefined || next.value.startsWith('-') ? { value: '', at: word.at } : next;
    }
  }
  return found;
}
