import type {LogEntry} from '../core/client/options.js';
import {masked} from '../core/diagnosis/masked.js';

/** Writes one line to the log. */
export type Log = (level: LogEntry['level'], text: string) => void;

/** Returns the log of one layer, which masks every line. */
export function logOf(sink: (entry: LogEntry) => void, area: string): Log {
  return (level, text) => {
    try {
      sink({level, area, text: masked(text)});
    } catch {
      // An error in the page's log must not break a call.
    }
  };
}
