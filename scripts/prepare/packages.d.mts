interface Package {
  readonly version?: string;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
interface Lock {
  readonly packages: Readonly<Record<string, Package>>;
}
export declare function misfit(lock: Lock, installed: Lock | undefined): string | undefined;
