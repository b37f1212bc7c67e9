const words =
  /change[-_]?me\b|\breplace[-_]?me\b|\bplaceholder\b|\byour[-_ ](?:webhook|token|key|api|email|domain|company|slack|team|channel|org)|\/X{3,}\b|^X{3,}$|^TODO\b|<[a-z][\w-]*>/i;

/** What makes a text one that somebody forgot to replace, in words; undefined where nothing does. */
export function placeholderIn(text: string): string | undefined {
  const host = /(?:@|:\/\/|^)((?:[\w-]+\.)*example\.(?:com|org|net))(?![\w.-]*\w)/i.exec(text)?.[1];
  if (host !== undefined) return `at "${host}", a name kept for examples`;
  if (words.test(text) || /^<[^<>@]+>$/.test(text.trim())) return 'a word to be replaced';
  return undefined;
}
