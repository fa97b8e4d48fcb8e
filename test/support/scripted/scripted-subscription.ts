import type {RawMessage, RawSip} from './raw-sip.js';

/** What a SUBSCRIBE asks for. */
export interface SubscribeParts {
  /** The number that the documents are about. */
  readonly to: string;
  /** The value of the Event header; none if it is empty. */
  readonly event: string;
  /** The value of the Expires header, in seconds; none by default. */
  readonly expires?: number | string;
  /** Further headers, as complete lines; a Contact by default. */
  readonly headers?: readonly string[];
}

const headersOf = ({event, expires, headers = []}: SubscribeParts): string[] => [
  ...(event ? [`Event: ${event}`] : []),
  ...(expires === undefined ? [] : [`Expires: ${expires}`]),
  ...headers,
];

/** Sends a SUBSCRIBE outside dialogs; resolves with its final response. */
export function subscribe(sip: RawSip, parts: SubscribeParts): Promise<RawMessage> {
  const contact = [`Contact: <${sip.contact}>`];
  return sip.request('SUBSCRIBE', {
    to: `sip:${parts.to}@localhost`,
    headers: headersOf({...parts, headers: parts.headers ?? contact}),
  });
}

/** A subscription of a scripted client, by hand (RFC 6665). */
export class ScriptedSubscription {
  readonly response: RawMessage;
  readonly #sip: RawSip;
  readonly #parts: SubscribeParts;
  #cseq: number;

  private constructor(sip: RawSip, parts: SubscribeParts, response: RawMessage) {
    this.#sip = sip;
    this.#parts = parts;
    this.response = response;
    this.#cseq = Number(response.header('cseq')?.split(' ')[0]);
  }

  /** Subscribes, which must be accepted. */
  static async of(sip: RawSip, parts: SubscribeParts): Promise<ScriptedSubscription> {
    const response = await subscribe(sip, parts);
    if (response.status !== 200) throw new Error(`SUBSCRIBE: ${response.start}`);
    return new ScriptedSubscription(sip, parts, response);
  }

  /** Takes the next NOTIFY, and answers it. */
  async notified(status = 200): Promise<RawMessage> {
    const request = await this.#sip.inbox.next(
      (message) => message.method === 'NOTIFY' && message.status === 0 && this.#isOwn(message),
    );
    this.#sip.answer(request, status, status === 200 ? 'OK' : 'No');
    return request;
  }

  /** The NOTIFYs that have arrived and were not taken. */
  get waiting(): number {
    return this.#sip.inbox.rest.filter(
      (message) => message.method === 'NOTIFY' && message.status === 0 && this.#isOwn(message),
    ).length;
  }

  /** Sends a request in its dialog; resolves with the final response. A SUBSCRIBE refreshes it, or ends it. */
  async send(method: string, expires?: number | string): Promise<RawMessage> {
    const cseq = (this.#cseq += 1);
    const target = /<([^>]+)>/.exec(this.response.header('contact') ?? '')?.[1] ?? '';
    const text = this.#sip
      .write(method, {
        uri: target,
        callId: this.response.header('call-id')!,
        cseq,
        headers: headersOf({
          ...this.#parts,
          headers: [`Contact: <${this.#sip.contact}>`],
          ...(expires === undefined ? {} : {expires}),
        }),
      })
      .replace(/^From: .*$/m, `From: ${this.response.header('from')}`)
      .replace(/^To: .*$/m, `To: ${this.response.header('to')}`);
    this.#sip.send(text);
    return this.#sip.inbox.next(
      (message) =>
        message.status >= 200 && this.#isOwn(message) && message.header('cseq') === `${cseq} ${method}`,
    );
  }

  #isOwn(message: RawMessage): boolean {
    return message.header('call-id') === this.response.header('call-id');
  }
}
