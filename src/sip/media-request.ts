import type {DialogEventMap, MediaRequest} from '../core/dialog.js';
import type {MediaResponse} from '../core/types.js';

/**
 * How long a page may take to answer, in milliseconds: the other side's INVITE waits meanwhile, and gives up after 32 s
 * where nobody on the way says that it is on it (RFC 3261 §17.1.1.2, Timer B).
 */
export const REQUEST_PATIENCE = 20_000;

/**
 * Asks the page whether a picture that the other side adds is taken: yes, unless it prevents the event or answers by
 * `respondWith`. An answer that does not come, or fails, is a refusal.
 *
 * @param signal - Aborted where no answer is needed any more.
 */
export async function askPage(target: EventTarget, signal: AbortSignal): Promise<MediaResponse> {
  let answer: Promise<MediaResponse> | undefined;
  const detail: MediaRequest = {
    media: 'video',
    respondWith: (response) => {
      answer ??= Promise.resolve(response);
    },
  };
  const event: DialogEventMap['mediarequest'] = new CustomEvent('mediarequest', {cancelable: true, detail});
  if (!target.dispatchEvent(event)) return false;
  if (!answer) return true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), REQUEST_PATIENCE);
    signal.addEventListener('abort', () => resolve(false));
  });
  const response = await Promise.race([answer.catch(() => false as const), over]);
  clearTimeout(timer);
  return response;
}
