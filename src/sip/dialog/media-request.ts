import type {MediaRequest} from '../../core/server/dialog.js';
import type {MediaResponse} from '../../core/types.js';
import {askPage} from '../../core/util/ask-page.js';

/**
 * Asks the page whether to accept video that the other side adds.
 *
 * @param signal - Aborted when an answer is no longer needed.
 */
export async function askForMedia(target: EventTarget, signal: AbortSignal): Promise<MediaResponse> {
  const detail: Omit<MediaRequest, 'respondWith' | 'signal'> = {media: 'video'};
  return askPage<MediaResponse>(target, 'mediarequest', detail, signal);
}
