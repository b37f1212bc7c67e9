/**
 * Panels that Grafana 10.2 brings with it (https://grafana.com/docs/grafana/v10.2/panels-visualizations/visualizations/),
 * those of older dashboards that it turns into one of them included.
 */
export const corePanels: ReadonlySet<string> = new Set(
  `alertGroups alertlist annolist barchart bargauge candlestick canvas dashlist datagrid debug flamegraph gauge geomap
gettingstarted graph heatmap histogram live logs news nodeGraph piechart row stat state-timeline status-history table
table-old text timeseries traces trend welcome xychart singlestat heatmap-new grafana-singlestat2 pluginlist homelinks
permissions dashboard add-panel add-library-panel library-panel-ref unknown-panel-plugin`
    .trim()
    .split(/\s+/),
);

/** Panels written for AngularJS, which Grafana 11 no longer loads by default (https://grafana.com/docs/grafana/v10.2/developers/angular_deprecation/angular-plugins/). */
export const angularPanels: ReadonlySet<string> = new Set(
  `graph singlestat table-old heatmap-old grafana-piechart-panel grafana-worldmap-panel grafana-polystat-panel
grafana-singlestat-panel natel-discrete-panel natel-plotly-panel natel-influx-admin-panel natel-usgs-datasource
vonage-status-panel briangann-gauge-panel briangann-datatable-panel michaeldmoore-multistat-panel savantly-heatmap-panel
mtanda-histogram-panel mtanda-heatmap-epoch-panel jdbranham-diagram-panel agenty-flowcharting-panel
neocat-cal-heatmap-panel petrslavotinek-carpetplot-panel farski-blendstat-panel flant-statusmap-panel
blackmirror1-singlestat-math-panel btplc-status-dot-panel btplc-alarm-box-panel btplc-trend-box-panel
btplc-peak-report-panel corpglory-progresslist-panel digrich-bubblechart-panel snuids-radar-panel
snuids-trafficlights-panel zuburqan-parity-report-panel camptocamp-prometheus-alertmanager-panel
larona-epict-panel ryantxu-ajax-panel ryantxu-annolist-panel fatcloud-windrose-panel goshposh-metaqueries-datasource`
    .trim()
    .split(/\s+/),
);

/** What each old panel is called now, where Grafana itself has a successor. */
export const successors: Readonly<Record<string, string>> = {
  graph: 'timeseries',
  singlestat: 'stat',
  'table-old': 'table',
  'grafana-piechart-panel': 'piechart',
  'grafana-worldmap-panel': 'geomap',
  'flant-statusmap-panel': 'status-history',
  'natel-discrete-panel': 'state-timeline',
};

/** Datasources that Grafana 10.2 brings with it (https://grafana.com/docs/grafana/v10.2/datasources/). */
export const coreDatasources: ReadonlySet<string> = new Set(
  `alertmanager cloudwatch dashboard elasticsearch grafana grafana-azure-monitor-datasource grafana-pyroscope-datasource
grafana-testdata-datasource graphite influxdb jaeger loki mixed mssql mysql opentsdb parca phlare postgres prometheus
stackdriver tempo testdata zipkin __expr__`
    .trim()
    .split(/\s+/),
);
