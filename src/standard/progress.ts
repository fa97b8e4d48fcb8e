import type {DialogState} from '../core/server/dialog.js';
import {SipError} from '../errors.js';
import type {SipDialog} from '../sip/user-agent.js';

/**
 * Resolves at the first 1xx or 2xx (`early`), or only at the 2xx (`confirmed`); an aborted signal ends the dialog.
 *
 * @param domain - The domain in which the number was called.
 * @throws {SipError} the cause if the dialog ends before; `aborted`
 */
export async function answered(
  dialog: SipDialog,
  signal: AbortSignal | undefined,
  phase: 'early' | 'confirmed' = 'early',
  domain?: string,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const settle = (state: DialogState): void => {
      if (state.phase === 'initial' || (state.phase === 'early' && phase === 'confirmed')) return;
      dialog.removeEventListener('statechange', onChange);
      signal?.removeEventListener('abort', onAbort);
      if (state.phase !== 'terminated') return resolve();
      const {code = 'normal', status} = state.cause ?? {};
      const {number} = dialog.remote;
      const elsewhere = code === 'unknown-number' && domain && !number.includes('@');
      const subject = state.cause?.subject ?? (elsewhere ? `${number}@${domain}` : number);
      // Ended on this side, by the signal or the client's disconnect().
      reject(new SipError(code === 'normal' ? 'aborted' : code, {subject, status}));
    };
    const onChange = (): void => settle(dialog.state);
    const onAbort = (): void => void dialog.hangup();
    dialog.addEventListener('statechange', onChange);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    settle(dialog.state);
  });
}
