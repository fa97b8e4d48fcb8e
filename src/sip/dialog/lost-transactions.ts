import type {Session} from 'sip.js';
import {
  InviteServerTransaction,
  SessionDialog,
  SignalingState,
  TransactionState,
  TransportError,
} from 'sip.js/lib/core/index.js';

/** Ends this side's re-INVITE whose response would come on a connection that is lost: after a 100 sip.js waits for ever. */
export function endOffer(session: Session): void {
  const transaction = dialogOf(session)?.reinviteUserAgentClient?.transaction;
  // What is accepted is only still to be acknowledged.
  if (transaction?.state !== TransactionState.Calling && transaction?.state !== TransactionState.Proceeding)
    return;
  // What sip.js does itself where its transport fails, and keeps for itself.
  const failing = transaction as unknown as {onTransportError(error: Error): void};
  failing.onTransportError(new TransportError('The connection is lost.'));
}

/** Waits no more for an ACK that would come on a connection that was lost; the 200 may have been lost with it. */
export function endAnswer(session: Session): void {
  const dialog = dialogOf(session);
  const transaction = dialog && answered(dialog);
  if (!dialog || !transaction) return;
  transaction.retransmitAcceptedResponse();
  dialog.reinviteUserAgentServer = undefined;
}

/**
 * Lets a re-INVITE be taken in place of the one before it, whose ACK is missing: whoever sends it has lost the 200 or the
 * ACK with a connection. sip.js would refuse it with 500, also when no ACK can come any more.
 *
 * @param onSilence - Told when none has come for as long as it may (Timer L of RFC 6026 §7.1), and offers may be made again.
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
      // sip.js would wait for ever.
      dialog.reinviteUserAgentServer = undefined;
      dialog.signalingStateRollback();
      onSilence();
    });
  };
}

/** The other side's re-INVITE that was accepted and not acknowledged; undefined where the ACK brings the answer. */
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

function dialogOf({dialog}: Session): SessionDialog | undefined {
  return dialog instanceof SessionDialog ? dialog : undefined;
}
