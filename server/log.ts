/** Takes one line about what the server did; the default takes nothing. */
export type Log = (line: string) => void;

/** Drops every line. */
export const silent: Log = () => undefined;

/** The text of whatever was thrown. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
