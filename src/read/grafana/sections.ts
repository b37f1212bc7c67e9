/**
 * Section names of Grafana's settings, needed to read GF_ variables, which join section and key with `_`
 * (https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#override-configuration-with-environment-variables).
 */
const sections = `
alerting analytics annotations annotations.api annotations.dashboard auth auth.anonymous auth.azuread auth.basic
auth.generic_oauth auth.github auth.gitlab auth.google auth.grafana_com auth.grafananet auth.jwt auth.ldap auth.okta
auth.proxy auth.saml aws azure cloud_migration dashboards database dataproxy datasources date_formats emails enterprise
explore expressions external_image_storage external_image_storage.azure_blob external_image_storage.gcs
external_image_storage.local external_image_storage.s3 external_image_storage.webdav feature_management feature_toggles
geomap grafana_com grafana_net help live log log.console log.file log.frontend log.syslog metrics
metrics.environment_info metrics.graphite navigation.app_sections navigation.app_standalone_pages news panels paths
plugin.grafana-image-renderer plugins profile public_dashboards query query_history quota rbac remote_cache rendering
search secretscan secure_socks_datasource_proxy security security.encryption server service_accounts smtp
smtp.static_headers snapshots sso_settings storage tracing.jaeger tracing.opentelemetry tracing.opentelemetry.jaeger
tracing.opentelemetry.otlp unified_alerting unified_alerting.reserved_labels unified_alerting.screenshots
unified_alerting.state_history unified_alerting.state_history.external_labels unified_alerting.upgrade users
`
  .trim()
  .split(/\s+/);

/**
 * The setting a GF_ variable overrides, as `section.key` (`.key` in the default section); undefined for a variable that
 * is none, such as GF_INSTALL_PLUGINS. `known` are further sections, as the ini file has them.
 */
export function settingOf(variable: string, known: readonly string[] = []): string | undefined {
  const name = variable.replace(/^GF_/, '').replace(/__FILE$/, '');
  if (name === variable) return undefined;
  if (name.startsWith('DEFAULT_')) return `.${name.slice('DEFAULT_'.length).toLowerCase()}`;
  let best: string | undefined;
  for (const section of [...sections, ...known]) {
    if (section !== '' && name.startsWith(`${variableForm(section)}_`) && section.length > (best?.length ?? 0))
      best = section;
  }
  return best === undefined ? undefined : `${best}.${name.slice(variableForm(best).length + 1).toLowerCase()}`;
}

function variableForm(section: string): string {
  return section.toUpperCase().replace(/[.-]/g, '_');
}
