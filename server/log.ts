/** Receives one line about what the server did; by default lines are dropped. */
export type Log = (line: string) => void;

/** Drops every line. */
export const silent: Log = () => undefined;

/** Returns the text of any thrown value. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
