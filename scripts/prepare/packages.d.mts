interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean; readonly link?: boolean }>>;
}
export declare function misfit(lock: Lock, installed: Lock | undefined): string | undefined;
