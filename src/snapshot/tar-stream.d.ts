// What is used of tar-stream 3, which comes without types (https://github.com/mafintosh/tar-stream).
declare module 'tar-stream' {
  export interface Header {
    readonly name: string;
    readonly mode?: number;
    readonly mtime?: Date;
    readonly uid?: number;
    readonly gid?: number;
    readonly size?: number;
    readonly type?: string;
    readonly linkname?: string | null;
  }
  export interface Pack extends AsyncIterable<Uint8Array> {
    entry(header: Header, content?: Uint8Array): unknown;
    finalize(): void;
  }
  export interface Entry extends AsyncIterable<Uint8Array> {
    readonly header: Header;
  }
  export interface Extract extends AsyncIterable<Entry> {
    end(content: Uint8Array): void;
  }
  export function pack(): Pack;
  export function extract(): Extract;
}
