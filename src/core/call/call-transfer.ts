import {SipError, toSipError} from '../../errors.js';
import type {Dialog} from '../server/dialog.js';
import type {CallTransfer, Party, TransferPhase} from '../types.js';

/** Parameters of a transfer. */
export interface TransferInit {
  readonly dialog: Dialog;
  /** A number, or the dialog that is handed over. */
  readonly to: string | Dialog;
  readonly target: Party;
  /** Whether the call may be resumed if the transfer fails. */
  readonly maySpeak: () => boolean;
  readonly onChange: (transfer: CallTransfer) => void;
}

/**
 * Transfers the other side of a dialog, then ends the dialogs that are no longer needed. Restores the hold state if the
 * transfer fails.
 */
export async function transferCall({dialog, to, target, maySpeak, onChange}: TransferInit): Promise<void> {
  const {held, media} = dialog.state;
  // A PBX calls the target with the video that the call has at that moment, and on hold it has none.
  const asksFirst = typeof to === 'string' && media.video !== 'inactive';
  let holding: Promise<void> | undefined;
  const hold = async (): Promise<void> => {
    // An other side that refuses hold may still accept a transfer.
    if (!held) await (holding ??= dialog.setHeld(true).catch(() => {}));
  };
  try {
    if (!asksFirst) await hold();
    if (dialog.state.phase === 'terminated') throw new SipError('aborted', {subject: 'transfer'});
    await dialog.transfer(to, (status) => {
      if (status < 200) void hold();
      onChange({phase: phaseOf(status), target, status});
    });
  } catch (error) {
    const failure = toSipError(error, target.name || target.number);
    onChange({phase: 'failed', target, status: failure.status});
    await holding;
    if (!held && dialog.state.held && dialog.state.phase === 'confirmed' && maySpeak())
      await dialog.setHeld(false).catch(() => {});
    throw failure;
  }
  await Promise.all([dialog.hangup(), typeof to === 'string' ? undefined : to.hangup()]);
}

function phaseOf(status: number): TransferPhase {
  return status < 180 ? 'trying' : status < 200 ? 'ringing' : 'completed';
}
