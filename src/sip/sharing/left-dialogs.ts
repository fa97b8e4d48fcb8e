import {setNewest} from '../../core/util/collections/newest.js';
import {tagOf} from '../headers/sip-reader.js';
import {request, PROXY, type SipText} from './sip-text.js';

/** How many dialogs, and INVITEs, are stored: those of pages that never come back after a loss of the connection stay. */
const MOST = 200;

/** A confirmed dialog of a page, as far as its end needs it (RFC 3261 §12). */
interface Dialog {
  /** Its Call-ID. */
  readonly id: string;
  /** The user part of the page's Contact. */
  readonly user: string;
  target: string;
  readonly routes: readonly string[];
  readonly local: string;
  readonly remote: string;
  /** The number of the page's last request. */
  sequence: number;
}

/**
 * Stores the dialogs of pages by what they send, so that those of a page that is gone can be ended: it has crashed, or the
 * next page, to which it has left its calls, does not come. In the page, `KeptCalls` decides which calls go on.
 */
export class LeftDialogs {
  readonly #dialogs = new Map<string, Dialog>();
  /** The branches of INVITEs without an ACK, by page and Call-ID. */
  readonly #inviting = new Map<string, string>();

  /** Notes what a page sends: its ACK and its 200 to an INVITE make a dialog, its BYE ends one. */
  sent(user: string, message: SipText, invite?: SipText): void {
    const id = message.header('call-id');
    const key = `${user} ${id}`;
    const {requested, status = 0, method, sequence} = message;
    const dialog = this.#dialogs.get(key);
    if (method === 'BYE') {
      const remote = message.header(requested ? 'to' : 'from');
      if (dialog && tagOf(dialog.remote) === tagOf(remote) && (requested || status >= 200))
        this.#dialogs.delete(key);
    } else if (requested === 'INVITE' && !message.inDialog)
      setNewest(this.#inviting, key, structuredClone(message.branch), MOST);
    else if (requested === 'ACK' && !dialog) this.#acknowledged(key, user, message);
    else if (requested && dialog) {
      dialog.sequence = Math.max(dialog.sequence, sequence);
      dialog.target = structuredClone(message.uri);
    } else if (invite && !invite.inDialog && method === 'INVITE' && status >= 200 && status < 300)
      this.#set(key, {
        id,
        user,
        target: invite.address('contact'),
        routes: invite.lines('record-route').map((line) => line.replace(/^[^:]*:/, 'Route:')),
        local: message.header('to'),
        remote: message.header('from'),
        sequence: 0,
      });
  }

  /** The ACK of a refused INVITE has its branch (RFC 3261 §17.1.1.3). */
  #acknowledged(key: string, user: string, ack: SipText): void {
    const id = ack.header('call-id');
    const branch = this.#inviting.get(key);
    this.#inviting.delete(key);
    if (ack.branch === branch) return;
    this.#set(key, {
      id,
      user,
      target: ack.uri,
      routes: ack.lines('route'),
      local: ack.header('from'),
      remote: ack.header('to'),
      sequence: ack.sequence,
    });
  }

  #set(key: string, dialog: Dialog): void {
    // Its texts are parts of a message, which would stay in memory with them.
    setNewest(this.#dialogs, key, structuredClone(dialog), MOST);
  }

  /** The BYEs that end the dialogs of a page, which are forgotten. */
  end(user: string): readonly string[] {
    for (const key of this.#inviting.keys()) if (key.startsWith(`${user} `)) this.#inviting.delete(key);
    return [...this.#dialogs]
      .filter(([, dialog]) => dialog.user === user)
      .map(([key, {id, target, routes, local, remote, sequence}]) => {
        this.#dialogs.delete(key);
        return request(`BYE ${target}`, [
          `Via: SIP/2.0/WS ${PROXY};branch=z9hG4bK${crypto.randomUUID()}`,
          `From: ${local}`,
          `To: ${remote}`,
          `Call-ID: ${id}`,
          `CSeq: ${sequence + 1} BYE`,
          ...routes,
        ]);
      });
  }
}
