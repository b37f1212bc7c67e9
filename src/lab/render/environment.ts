import type { Service } from '../../model/stack.ts';
import type { Context } from './context.ts';
import { fillVariables } from './fill-variables.ts';
import { grafanaEnvironment } from './grafana-settings.ts';
import { reAddressUrl } from './re-address.ts';
import { shown } from './shown.ts';

const notDialled = /EXTERNAL|ROOT_URL|DOMAIN|PUBLIC|REDIRECT|ISSUER|NO_PROXY/i;

/** Renders the environment of a service: made-up secrets, no proxy, outside addresses re-addressed. */
export function renderEnvironment(context: Context, service: Service): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, { value, at }] of service.environment) {
    const note = (to: string, why: string, from: string): void => {
      context.differences.push({
        file: at.file,
        what: `services.${service.name}.environment.${name}`,
        from: shown(from, name),
        to: shown(to, name),
        why,
      });
    };
    const filled = fillVariables(context, name, value, at);
    if (filled.made === 'secret')
      note('(made up)', 'the repository does not define it: a made-up value of the run', '');
    if (filled.made === 'empty') note('', 'the repository does not define it: empty, as compose makes it', '');
    if (/^(https?|all|ftp)_proxy$/i.test(name)) {
      note('', 'the lab reaches nothing outside', filled.value);
      continue;
    }
    const changed =
      service.product === 'grafana' || notDialled.test(name) || !filled.value.includes('://')
        ? undefined
        : reAddressUrl(context, filled.value, {
            kind: 'other',
            ...(/loki/i.test(name) ? { own: 'loki' as const } : {}),
          });
    if (changed !== undefined) note(changed.to, changed.why, filled.value);
    result[name] = changed?.to ?? filled.value;
  }
  return service.product === 'grafana' ? grafanaEnvironment(context, service, result) : result;
}
