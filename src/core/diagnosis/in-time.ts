import {SipError} from '../../errors.js';
import {unlessAborted, within} from '../../within.js';

/**
 * Resolves with the result of a task, or with undefined if the task takes longer. Rejects as the task, and with `aborted` once
 * the signal is aborted.
 */
export async function inTime<T>(
  task: Promise<T>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  return within(
    unlessAborted(task, [signal], () => new SipError('aborted')),
    milliseconds,
  );
}
