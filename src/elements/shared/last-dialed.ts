import type {CallHistory} from '../../core/history/call-history.js';
import type {HistoryEntry} from '../../core/history/history-entry.js';

/** Returns the call that was placed last and can be placed again. */
export function lastDialed(history: CallHistory | undefined): HistoryEntry | undefined {
  return history?.entries.find(
    ({direction, number, type}) =>
      direction === 'outgoing' && number !== '' && (type === 'single' || type === 'other'),
  );
}
