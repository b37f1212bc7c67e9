import type { Service } from '../../model/stack.ts';

const makers =
  /^(?:docker\.io\/)?(?:prom|grafana)\/|^quay\.io\/prometheus\/|^(?:gcr\.io|ghcr\.io\/google|registry\.k8s\.io)\/cadvisor\//;

/** Whether a service runs the image that a product's makers publish, as it is: what is known of it then holds. */
export function isOfItsMakers({ image, definition }: Service): boolean {
  return image !== undefined && !('build' in definition) && makers.test(image.value);
}
