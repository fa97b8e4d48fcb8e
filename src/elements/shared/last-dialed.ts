import type {CallHistory} from '../../core/history/call-history.js';
import {isUrgent} from '../../core/call-kinds.js';
import type {HistoryEntry} from '../../core/history/history-entry.js';

/** Whether the other side of a call can be called again; a conference or a camera wall cannot. */
export function callable({number, type}: Pick<HistoryEntry, 'number' | 'type'>): boolean {
  return number !== '' && (type === 'single' || type === 'other' || isUrgent(type));
}

/** Returns the call that was placed last and can be placed again. */
export function lastDialed(history: CallHistory | undefined): HistoryEntry | undefined {
  return history?.entries.find((entry) => entry.direction === 'outgoing' && callable(entry));
}
