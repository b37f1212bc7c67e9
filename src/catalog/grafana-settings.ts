/**
 * Sections and keys that Grafana 10 reads
 * (https://grafana.com/docs/grafana/v10.2/setup-grafana/configure-grafana/): `?` marks truths and `#` whole numbers; after
 * `*` anything may stand. Sections of Grafana Enterprise are open, because no list of them is kept here.
 */
const written = `
: app_mode instance_name force_migration?
paths: data temp_data_lifetime logs plugins provisioning
server: protocol min_tls_version http_addr http_port# domain enforce_domain? root_url serve_from_sub_path? router_logging? static_root_path enable_gzip? cert_file cert_key cert_pass certs_watch_interval socket_gid# socket_mode socket cdn_url read_timeout
server.custom_response_headers: *
grpc_server: network address use_tls? cert_file key_file enable_logging?
environment: stack_id
database: type host name user password url max_idle_conn# max_open_conn# conn_max_lifetime# log_queries? ssl_mode ssl_sni isolation_level ca_cert_path client_key_path client_cert_path server_cert_name path cache_mode wal? locking_attempt_timeout_sec# query_retries# transaction_retries# instrument_queries? skip_migrations? migration_locking? high_availability? delete_auto_gen_ids? connection_string
remote_cache: type connstr prefix encryption?
dataproxy: logging? timeout# dialtimeout# keep_alive_seconds# tls_handshake_timeout_seconds# expect_continue_timeout_seconds# max_conns_per_host# max_idle_connections# max_idle_connections_per_host# idle_conn_timeout_seconds# send_user_header? response_limit# row_limit# user_agent
analytics: reporting_enabled? reporting_distributor check_for_updates? check_for_plugin_updates? google_analytics_ua_id google_analytics_4_id google_analytics_4_send_manual_page_views? google_tag_manager_id rudderstack_write_key rudderstack_data_plane_url rudderstack_sdk_url rudderstack_config_url rudderstack_integrations_url intercom_secret application_insights_connection_string application_insights_endpoint_url feedback_links_enabled? views_disabled? summaries_disabled? browser_console_reporter enabled? max_summary_age_days# summaries_limit#
security: disable_initial_admin_creation? admin_user admin_password admin_email secret_key encryption_provider available_encryption_providers disable_gravatar? data_source_proxy_whitelist disable_brute_force_login_protection? cookie_secure? cookie_samesite allow_embedding? strict_transport_security? strict_transport_security_max_age_seconds# strict_transport_security_preload? strict_transport_security_subdomains? x_content_type_options? x_xss_protection? content_security_policy? content_security_policy_template content_security_policy_report_only? content_security_policy_report_only_template angular_support_enabled? csrf_trusted_origins csrf_additional_headers csrf_always_check? disable_frontend_sandbox_for_plugins frontend_sandbox_disable_for_plugins actions_allow_post_url
security.encryption: data_keys_cache_ttl data_keys_cache_cleanup_interval algorithm
security.egress: *
snapshots: enabled? external_enabled? external_snapshot_url external_snapshot_name public_mode? snapshot_remove_expired?
dashboards: versions_to_keep# min_refresh_interval default_home_dashboard_path
datasources: datasource_limit# concurrent_query_count#
sql_datasources: max_open_conns_default# max_idle_conns_default# max_conn_lifetime_default#
users: allow_sign_up? allow_org_create? auto_assign_org? auto_assign_org_id# auto_assign_org_role verify_email_enabled? login_hint password_hint default_theme default_language home_page external_manage_link_url external_manage_link_name external_manage_info viewers_can_edit? editors_can_admin? user_invite_max_lifetime_duration verification_email_max_lifetime_duration last_seen_update_interval hidden_users login_default_org_id# case_insensitive_login?
secretscan: enabled? interval base_url oncall_url revoke?
service_accounts: token_expiration_day_limit
auth: login_cookie_name disable_login? login_maximum_inactive_lifetime_duration login_maximum_lifetime_duration login_maximum_inactive_lifetime_days login_maximum_lifetime_days token_rotation_interval_minutes# disable_login_form? disable_signout_menu? signout_redirect_url oauth_auto_login? oauth_state_cookie_max_age# oauth_skip_org_role_update_sync? oauth_login_error_message api_key_max_seconds_to_live# sigv4_auth_enabled? sigv4_verbose_logging? azure_auth_enabled? azure_skip_org_role_sync? oauth_allow_insecure_email_lookup? oauth_refresh_token_server_lock_min_wait_ms# id_response_header_enabled? id_response_header_prefix id_response_header_namespaces managed_service_accounts_enabled? allow_assign_grafana_admin?
sso_settings: reload_interval configurable_providers
auth.anonymous: enabled? org_name org_role hide_version? device_limit#
auth.github: @oauth team_ids allowed_organizations
auth.gitlab: @oauth allowed_groups
auth.google: @oauth validate_hd? hosted_domain allowed_groups
auth.grafananet: @oauth allowed_organizations
auth.grafana_com: @oauth allowed_organizations
auth.azuread: @oauth allowed_groups allowed_organizations force_use_graph_api? domain_hint
auth.okta: @oauth allowed_groups
auth.generic_oauth: @oauth empty_scopes? email_attribute_name email_attribute_path login_attribute_path name_attribute_path groups_attribute_path id_token_attribute_name team_ids_attribute_path teams_url allowed_groups team_ids allowed_organizations auth_style
auth.basic: enabled? password_policy?
auth.proxy: enabled? header_name header_property auto_sign_up? sync_ttl# whitelist headers headers_encoded? enable_login_token? ldap_sync_ttl#
auth.jwt: enabled? enable_login_token? header_name email_claim username_claim email_attribute_path username_attribute_path jwk_set_url jwk_set_file cache_ttl expect_claims key_file key_id role_attribute_path role_attribute_strict? groups_attribute_path auto_sign_up? url_login? allow_assign_grafana_admin? skip_org_role_sync? signout_redirect_url
auth.ldap: enabled? config_file allow_sign_up? skip_org_role_sync? sync_cron active_sync_enabled?
auth.saml: *
auth.extended_jwt: *
aws: allowed_auth_providers assume_role_enabled? list_metrics_page_limit# external_id session_duration forward_settings_to_plugins
azure: cloud managed_identity_enabled? managed_identity_client_id workload_identity_enabled? workload_identity_tenant_id workload_identity_client_id workload_identity_token_file user_identity_enabled? user_identity_token_url user_identity_client_id user_identity_client_secret forward_settings_to_plugins
rbac: permission_cache? reset_basic_roles? permission_validation_enabled? enabled? only_store_access_action_sets?
smtp: enabled? host user password cert_file key_file skip_verify? from_address from_name ehlo_identity starttls_policy enable_tracing?
smtp.static_headers: *
emails: welcome_email_on_sign_up? templates_pattern content_types
log: mode level filters user_facing_default_error
log.console: level format
log.file: level format log_rotate? max_lines# max_size_shift# daily_rotate? max_days# file_name
log.syslog: level format network address facility tag
log.frontend: enabled? provider custom_endpoint log_endpoint_requests_per_second_limit# log_endpoint_burst_limit# instrumentations_errors_enabled? instrumentations_console_enabled? instrumentations_webvitals_enabled? internal_logger_level# api_key sentry_dsn sample_rate
quota: enabled? org_user# org_dashboard# org_data_source# org_api_key# org_alert_rule# user_org# global_user# global_org# global_dashboard# global_api_key# global_session# global_alert_rule# global_file# global_correlations# alerting_rule_group_rules# alerting_rule_evaluation_results#
unified_alerting: enabled? disabled_orgs admin_config_poll_interval alertmanager_config_poll_interval ha_redis_address ha_redis_username ha_redis_password ha_redis_db ha_redis_prefix ha_redis_peer_name ha_redis_max_conns# ha_listen_address ha_advertise_address ha_peers ha_peer_timeout ha_label ha_gossip_interval ha_push_pull_interval ha_reconnect_timeout execute_alerts? evaluation_timeout evaluation_timeout_seconds# max_attempts# min_interval min_interval_seconds# max_state_save_concurrency# state_periodic_save_interval disable_jitter? scheduler_tick_interval rule_version_record_limit#
unified_alerting.screenshots: capture? capture_timeout max_concurrent_screenshots# upload_external_image_storage?
unified_alerting.reserved_labels: disabled_labels
unified_alerting.state_history: enabled? backend primary secondaries loki_remote_url loki_remote_read_url loki_remote_write_url loki_tenant_id loki_basic_auth_username loki_basic_auth_password loki_max_query_length
unified_alerting.state_history.external_labels: *
unified_alerting.upgrade: clean_upgrade?
remote.alertmanager: enabled? url tenant password sync_interval timeout
alerting: enabled? execute_alerts? error_or_timeout nodata_or_nullvalues concurrent_render_limit# evaluation_timeout_seconds# notification_timeout_seconds# max_attempts# min_interval_seconds# max_annotation_age max_annotations_to_keep#
annotations: cleanupjob_batchsize# tags_length#
annotations.dashboard: max_age max_annotations_to_keep#
annotations.api: max_age max_annotations_to_keep#
explore: enabled? defaulttimeoffset hide_logs_download?
help: enabled?
profile: enabled?
news: news_feed_enabled?
query: concurrent_query_limit#
query_history: enabled?
short_links: expire_time#
metrics: enabled? interval_seconds# disable_total_stats? total_stats_collector_interval_seconds# basic_auth_username basic_auth_password
metrics.environment_info: *
metrics.graphite: address prefix
grafana_net: url api_url
grafana_com: url api_url sso_api_token
tracing.jaeger: address always_included_tag sampler_type sampler_param sampling_server_url zipkin_propagation? disable_shared_zipkin_spans?
tracing.opentelemetry: custom_attributes sampler_type sampler_param sampling_server_url
tracing.opentelemetry.jaeger: address propagation
tracing.opentelemetry.otlp: address propagation insecure?
external_image_storage: provider
external_image_storage.s3: endpoint path_style_access? bucket_url bucket region path access_key secret_key
external_image_storage.webdav: url username password public_url
external_image_storage.gcs: key_file bucket path enable_signed_urls? signed_url_expiration
external_image_storage.azure_blob: account_name account_key container_name sas_token_expiration_days#
external_image_storage.local: *
rendering: server_url callback_url renderer_token concurrent_render_request_limit# render_key_lifetime default_image_width# default_image_height# default_image_scale
panels: enable_alpha? disable_sanitize_html?
plugins: enable_alpha? app_tls_skip_verify_insecure? allow_loading_unsigned_plugins plugin_admin_enabled? plugin_admin_external_manage_enabled? plugin_catalog_url plugin_catalog_hidden_plugins log_backend_requests? public_key_retrieval_disabled? public_key_retrieval_on_startup? disable_plugins install_token hide_angular_deprecation forward_host_env_vars
live: max_connections# allowed_origins ha_engine ha_engine_address ha_engine_password ha_prefix
plugin.grafana-image-renderer: *
support_bundles: enabled? server_admin_only? public_keys
storage: allow_unsanitized_svg_upload?
feature_toggles: *
date_formats: full_date interval_second interval_minute interval_hour interval_day interval_month interval_year use_browser_locale? default_timezone default_week_start
expressions: enabled? sql_expression_cell_limit
geomap: default_baselayer_config enable_custom_baselayers?
search: dashboard_loading_batch_size# full_reindex_interval index_update_interval
navigation.app_sections: *
navigation.app_standalone_pages: *
secure_socks_datasource_proxy: enabled? root_ca_cert client_key client_cert server_name proxy_address show_ui? allow_insecure?
feature_management: allow_editing? update_webhook update_webhook_token hidden_toggles read_only_toggles
public_dashboards: enabled? max_active_public_dashboards
cloud_migration: *
enterprise: *
white_labeling: *
usage_insights: *
usage_insights.export: *
usage_insights.export.storage.loki: *
reporting: *
auditing: *
auditing.logs.file: *
auditing.logs.loki: *
caching: *
caching.encryption: *
caching.memory: *
caching.redis: *
caching.memcached: *
keystore.vault: *
recorded_queries: *
analytics.recommendations: *
aws_marketplace: *
group_attribute_sync: *
`;

const oauth =
  'name icon enabled? allow_sign_up? auto_login? client_id client_secret scopes auth_url token_url api_url signout_redirect_url allowed_domains role_attribute_path role_attribute_strict? allow_assign_grafana_admin? skip_org_role_sync? tls_skip_verify_insecure? tls_client_cert tls_client_key tls_client_ca use_pkce? use_refresh_token? org_attribute_path org_mapping hosted_domain';

/** What a setting may hold, as far as Grafana itself looks. */
export type SettingKind = 'text' | 'truth' | 'number';

/** The settings of Grafana 10. */
export interface SettingsCatalogue {
  /** `section.key` (`.key` at the top) in small letters → its kind. */
  readonly keys: ReadonlyMap<string, SettingKind>;
  readonly sections: ReadonlySet<string>;
  /** Sections in which any key may stand. */
  readonly open: ReadonlySet<string>;
}

let made: SettingsCatalogue | undefined;

/** The catalogue, made when it is first asked for. */
export function grafanaSettings(): SettingsCatalogue {
  made ??= make();
  return made;
}

function make(): SettingsCatalogue {
  const keys = new Map<string, SettingKind>();
  const sections = new Set<string>();
  const open = new Set<string>();
  for (const line of written.trim().split('\n')) {
    const [section = '', ...rest] = line.split(':');
    sections.add(section);
    for (const word of rest.join(':').replace('@oauth', oauth).trim().split(/\s+/)) {
      if (word === '*') open.add(section);
      else keys.set(`${section}.${word.replace(/[?#]$/, '')}`, kindOf(word));
    }
  }
  return { keys, sections, open };
}

function kindOf(word: string): SettingKind {
  return word.endsWith('?') ? 'truth' : word.endsWith('#') ? 'number' : 'text';
}
