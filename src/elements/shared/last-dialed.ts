import type {CallHistory} from '../../core/history/call-history.js';
import type {HistoryEntry} from '../../core/history/history-entry.js';

/** Whether the other side of an entry can be called; a conference or a camera wall cannot. */
export function callable({number, type}: HistoryEntry): boolean {
  return number !== '' && (type === 'single' || type === 'other');
}

/** Returns the call that was placed last and can be placed again. */
export function lastDialed(history: CallHistory | undefined): HistoryEntry | undefined {
  return history?.entries.find((entry) => entry.direction === 'outgoing' && callable(entry));
}
