/** One `key = value` line of an ini file. Sections and keys as grafana.ini has them. */
export interface IniLine {
  readonly line: number;
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** The settings of an ini text by line, so that one value can be changed and every other byte stays. */
export function iniLines(source: string): IniLine[] {
  let section = '';
  return source.split('\n').flatMap((text, line) => {
    const header = /^\s*\[([^\]]+)\]/.exec(text);
    if (header !== null) {
      section = (header[1] ?? '').trim();
      return [];
    }
    const setting = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(text);
    return setting === null
      ? []
      : [{ line, section, key: setting[1] ?? '', value: (setting[2] ?? '').replace(/^(["'`])(.*)\1$/, '$2') }];
  });
}

/** The text with the value of one line changed. */
export function setIniLine(source: string, at: IniLine, value: string): string {
  const lines = source.split('\n');
  const ending = lines[at.line]?.endsWith('\r') ? '\r' : '';
  lines[at.line] = `${at.key} = ${value}${ending}`;
  return lines.join('\n');
}
