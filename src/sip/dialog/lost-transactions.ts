import type {Session} from 'sip.js';
import {
  InviteServerTransaction,
  SessionDialog,
  SignalingState,
  TransactionState,
  TransportError,
} from 'sip.js/lib/core/index.js';

/** Ends this side's re-INVITE if its response would arrive on a lost connection: after a 100, sip.js waits forever. */
export function endOffer(session: Session): void {
  const transaction = dialogOf(session)?.reinviteUserAgentClient?.transaction;
  // An accepted re-INVITE only awaits its ACK.
  if (transaction?.state !== TransactionState.Calling && transaction?.state !== TransactionState.Proceeding)
    return;
  // sip.js calls this private method itself when its transport fails.
  const failing = transaction as unknown as {onTransportError(error: Error): void};
  failing.onTransportError(new TransportError('The connection is lost.'));
}

/** Stops waiting for an ACK that would arrive on a lost connection; the 200 may have been lost with it. */
export function endAnswer(session: Session): void {
  const dialog = dialogOf(session);
  const transaction = dialog && answered(dialog);
  if (!dialog || !transaction) return;
  transaction.retransmitAcceptedResponse();
  dialog.reinviteUserAgentServer = undefined;
}

/**
 * Accepts a re-INVITE in place of the previous one whose ACK is missing: its sender has lost the 200 or the ACK with a
 * connection. sip.js would refuse it with 500, even when no ACK can arrive any longer.
 *
 * @param onSilence - Called when no ACK has arrived in time (Timer L of RFC 6026 §7.1), and offers are possible again.
 */
export function replaceAnswers(session: Session, onSilence: () => void): void {
  const dialog = dialogOf(session);
  if (!dialog) return;
  const receive = dialog.receiveRequest.bind(dialog);
  dialog.receiveRequest = (message) => {
    const transaction = message.method === 'INVITE' ? answered(dialog) : undefined;
    if (transaction && message.cseq > transaction.request.cseq) dialog.reinviteUserAgentServer = undefined;
    receive(message);
    const taken = dialog.reinviteUserAgentServer;
    if (taken?.message !== message) return;
    taken.transaction.addStateChangeListener(() => {
      if (taken.transaction.state !== TransactionState.Terminated || dialog.reinviteUserAgentServer !== taken)
        return;
      // sip.js would wait forever.
      dialog.reinviteUserAgentServer = undefined;
      dialog.signalingStateRollback();
      onSilence();
    });
  };
}

/** The other side's re-INVITE that was accepted and not acknowledged; undefined if the ACK carries the answer. */
function answered(dialog: SessionDialog): InviteServerTransaction | undefined {
  const transaction = dialog.reinviteUserAgentServer?.transaction;
  const accepted =
    transaction?.state === TransactionState.Accepted || transaction?.state === TransactionState.Terminated;
  return accepted &&
    transaction instanceof InviteServerTransaction &&
    dialog.signalingState === SignalingState.Stable
    ? transaction
    : undefined;
}

/** Stops waiting for the ACK of the call's own INVITE, which would delay a BYE (RFC 3261 §15). */
export function skipAck(session: Session): void {
  const dialog = dialogOf(session) as unknown as {ackWait: boolean} | undefined;
  if (dialog) dialog.ackWait = false;
}

function dialogOf({dialog}: Session): SessionDialog | undefined {
  return dialog instanceof SessionDialog ? dialog : undefined;
}
