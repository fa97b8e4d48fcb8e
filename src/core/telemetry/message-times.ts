import {now} from './clock.js';

/** How many calls' first messages are known at a time. */
const CALLS = 100;

const INVITE = /^(?:sent|received)\r?\nINVITE /;
const CALL_ID = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im;
const API_REQUEST = /^sent(?: \{|\r?\nMESSAGE )/;
const MSGID = /"msgid" ?: ?"([^"]{1,100})"/;

/** When the first message of each call passed, as the log tells: its INVITE, or the request to the server's API. */
export class MessageTimes {
  readonly #times = new Map<string, number>();

  /** Takes a line of the log. */
  note({area, text}: {readonly area: string; readonly text: string}): void {
    if (area === 'sip' && INVITE.test(text)) this.#keep(CALL_ID.exec(text)?.[1]);
    else if (API_REQUEST.test(text)) this.#keep(MSGID.exec(text)?.[1]);
  }

  /** Returns when the first message passed that had one of the ids, in milliseconds since the epoch. */
  first(...ids: readonly string[]): number | undefined {
    const times = ids.map((id) => this.#times.get(id)).filter((time) => time !== undefined);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  #keep(id: string | undefined): void {
    if (!id || this.#times.has(id)) return;
    this.#times.set(id, now());
    for (const [oldest] of this.#times) {
      if (this.#times.size <= CALLS) break;
      this.#times.delete(oldest);
    }
  }
}
