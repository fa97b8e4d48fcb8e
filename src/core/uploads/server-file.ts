/** A file that the server can play. Plain data. */
export interface ServerFile {
  readonly id: string;
  readonly name: string;
  /** In bytes; undefined if the server does not report it. */
  readonly size?: number | undefined;
  /** When it was uploaded, in milliseconds since the epoch. */
  readonly time?: number | undefined;
  /** In seconds; undefined if the server does not report it. */
  readonly duration?: number | undefined;
  /** Where it can be loaded; undefined if the server does not report it. */
  readonly url?: string | undefined;
  /** Whether the server always has it, for testing. */
  readonly sample: boolean;
}
