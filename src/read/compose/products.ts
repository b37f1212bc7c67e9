import type { Product } from '../../model/stack.ts';

const products: Readonly<Record<string, Product>> = {
  prometheus: 'prometheus',
  'mirrored-prometheus-prometheus': 'prometheus',
  alertmanager: 'alertmanager',
  'mirrored-prometheus-alertmanager': 'alertmanager',
  grafana: 'grafana',
  'grafana-oss': 'grafana',
  'grafana-enterprise': 'grafana',
  'mirrored-grafana-grafana': 'grafana',
  loki: 'loki',
  'grafana-loki': 'loki',
  promtail: 'promtail',
  'grafana-promtail': 'promtail',
  'node-exporter': 'node-exporter',
  node_exporter: 'node-exporter',
  'mirrored-prometheus-node-exporter': 'node-exporter',
  cadvisor: 'cadvisor',
};

/** The first release whose flags and files are those of today; what came before is another program under the same name. */
const firstRelease: Partial<Record<Product, readonly [major: number, minor: number]>> = {
  prometheus: [2, 0],
  alertmanager: [0, 13],
  'node-exporter': [0, 15],
};

/** An image's repository without registry tag and digest: `quay.io/prometheus/prometheus:v2` → `quay.io/prometheus/prometheus`. */
export function imageRepository(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

/**
 * The product an image holds, told by the last part of its repository, so that mirrors and distributions
 * (`quay.io/prometheus/…`, `bitnami/…`, a private registry) are recognised too.
 */
export function productOf(image: string | undefined): Product | undefined {
  const name =
    imageRepository(image ?? '')
      .split('/')
      .at(-1) ?? '';
  const product = Object.hasOwn(products, name) ? products[name] : undefined;
  return product === undefined || isOutlived(product, image ?? '') ? undefined : product;
}

function isOutlived(product: Product, image: string): boolean {
  const [, major, minor] = /:v?(\d+)\.(\d+)[^:/]*$/.exec(image.replace(/@.*$/, '')) ?? [];
  const [firstMajor, firstMinor] = firstRelease[product] ?? [0, 0];
  if (major === undefined || minor === undefined) return false;
  return Number(major) < firstMajor || (Number(major) === firstMajor && Number(minor) < firstMinor);
}

/** True where a text may name one of the products' images: a cheap test before parsing. */
export function mentionsProduct(text: string): boolean {
  return /prometheus|alertmanager|grafana|loki|promtail|node[-_]exporter|cadvisor/.test(text);
}
