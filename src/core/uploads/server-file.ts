/** A file that the server can play. Plain data. */
export interface ServerFile {
  readonly id: string;
  readonly name: string;
  /** In bytes; undefined if the server does not report it. */
  readonly size?: number | undefined;
  /** When it was uploaded, in milliseconds since the epoch. */
  readonly time?: number | undefined;
  /** Whether the server always has it, for testing. */
  readonly sample: boolean;
}
