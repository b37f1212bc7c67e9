/** A URL as Go's `url.Parse` takes it apart (https://pkg.go.dev/net/url#Parse): it is far more lenient than a browser. */
export type GoUrl = { readonly scheme: string; readonly host: string } | { readonly problem: string };

/** Takes a URL apart, or says why Go does not. */
export function goUrl(text: string): GoUrl {
  if (/[\x00-\x1f\x7f]/.test(text)) return { problem: 'a control character' };
  const [beforeFragment = '', ...fragments] = text.split('#');
  if (beforeFragment.startsWith(':')) return { problem: 'a missing scheme' };
  const found = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(beforeFragment);
  const scheme = found?.[1] ?? '';
  const rest = beforeFragment.slice(found?.[0].length ?? 0).split('?')[0] ?? '';
  if (badEscape(fragments.join('#'))) return { problem: 'a bad escape' };
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme: scheme.toLowerCase(), host: '' };
    if ((rest.split('/')[0] ?? '').includes(':')) return { problem: 'a colon in its first part and no scheme' };
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  const [authority = '', ...path] = hasAuthority ? rest.slice(2).split('/') : ['', rest];
  const problem = authorityProblem(authority) ?? (badEscape(path.join('/')) ? 'a bad escape' : undefined);
  return problem === undefined
    ? { scheme: scheme.toLowerCase(), host: authority.slice(authority.lastIndexOf('@') + 1) }
    : { problem };
}

function authorityProblem(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? '' : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || badEscape(user)) return 'an odd user name';
  if (host.startsWith('[') && !host.includes(']')) return 'a missing "]"';
  const port = host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : (/:[^:]*$/.exec(host)?.[0] ?? '');
  if (!/^(?::\d*)?$/.test(port)) return `the port "${port.replace(/^:/, '')}"`;
  if (/[\x20{}|\\^`]/.test(host)) return 'an odd character in its host name';
  // An escape in a host is that of a byte above ASCII, or of the percent sign of a zone.
  return /%(?!25|[89a-fA-F][0-9a-fA-F])/.test(host) ? 'a bad escape in its host name' : undefined;
}

function badEscape(text: string): boolean {
  return /%(?![0-9a-fA-F]{2})/.test(text);
}
