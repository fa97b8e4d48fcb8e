import {SessionDialog, type Session} from '../sip-js.js';

/** The dialog of an INVITE's response, which sip.js types as less than it is. */
export function dialogOf({session}: {readonly session: Session}): SessionDialog {
  if (!(session instanceof SessionDialog)) throw new TypeError('a session without a dialog');
  return session;
}
