import {SipError, toSipError} from '../../errors.js';
import type {Dialog} from '../server/dialog.js';
import type {CallTransfer, Party, TransferPhase} from '../types.js';

/** What a transfer is made with. */
export interface TransferInit {
  readonly dialog: Dialog;
  /** A number, or the dialog that is handed over. */
  readonly to: string | Dialog;
  readonly target: Party;
  /** Whether the call may go on by itself, where it comes to nothing. */
  readonly maySpeak: () => boolean;
  readonly onChange: (transfer: CallTransfer) => void;
}

/** Puts the other side of a dialog through and ends what is not needed any more; where it comes to nothing all is as it was. */
export async function transferCall({dialog, to, target, maySpeak, onChange}: TransferInit): Promise<void> {
  const {held, media} = dialog.state;
  // A PBX calls a number with the picture that it gets at that moment, and on hold it gets none.
  const asksFirst = typeof to === 'string' && media.video !== 'inactive';
  let holding: Promise<void> | undefined;
  const hold = async (): Promise<void> => {
    // Whoever refuses to be held may let himself be put through all the same.
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
