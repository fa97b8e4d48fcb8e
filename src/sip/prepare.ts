import type {PreparedMedia} from '../core/server/dialog.js';
import {sendingFirst} from '../core/util/sending-first.js';
import type {WantedMedia} from '../core/types.js';
import {SipError} from '../errors.js';
import {unlessAborted} from '../within.js';

/** Opens devices and a peer connection for a call to come. */
export interface Preparer {
  /** Aborted when the call is no longer needed. */
  readonly ending: AbortSignal;
  prepare(wanted: WantedMedia): Promise<PreparedMedia>;
}

/**
 * Prepares media until the signal is aborted or the preparer ends. Media that opens later, after the browser's
 * permission prompt, is closed at once.
 *
 * @throws {SipError} `aborted`; `screen-…` if a wanted screen is not available
 */
export async function prepareUnlessAborted(
  preparer: Preparer,
  wanted: WantedMedia,
  signal?: AbortSignal,
): Promise<PreparedMedia> {
  const {ending} = preparer;
  const aborted = (): SipError => new SipError('aborted', {subject: 'call', cause: signal?.reason});
  if (signal?.aborted || ending.aborted) throw aborted();
  const preparing = preparer.prepare(wanted);
  try {
    return await sendingFirst(unlessAborted(preparing, [signal, ending], aborted));
  } catch (error) {
    preparing.then(
      (prepared) => prepared.release(),
      () => {},
    );
    throw error;
  }
}
