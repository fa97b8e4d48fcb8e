import type {IncomingRequestMessage} from 'sip.js/lib/core/index.js';
import type {Arrived, Wire, WireTransport} from './wire.js';

/** A SUBSCRIBE that arrived. */
export interface Asked {
  readonly number: string;
  readonly event: string;
  /** Seconds. */
  readonly expires: number;
  readonly callId: string;
  /** It refreshes an existing subscription. */
  readonly again: boolean;
  readonly time: number;
  readonly request: IncomingRequestMessage;
  readonly from: WireTransport;
  readonly reply: Arrived['reply'];
}

interface Standing {
  readonly request: IncomingRequestMessage;
  readonly from: WireTransport;
  cseq: number;
}

/** The parts of a NOTIFY that a test may override. */
export interface Notice {
  readonly body?: string;
  /** The header Subscription-State. */
  readonly state?: string;
  readonly type?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  conference: 'application/conference-info+xml',
  dialog: 'application/dialog-info+xml',
  presence: 'application/pidf+xml',
  'message-summary': 'application/simple-message-summary',
};

/** A notifier (RFC 6665 §4.2) for tests: it accepts the SUBSCRIBEs on a wire and sends real NOTIFYs. */
export class WireNotifier {
  /** Every SUBSCRIBE, in order. */
  readonly asked: Asked[] = [];
  /** The body of a subscription's first NOTIFY, by keys like `dialog bob`; none without an entry. */
  readonly documents = new Map<string, string>();
  /** Handles a SUBSCRIBE before the notifier does; returns true if it is handled. */
  react: ((asked: Asked) => boolean) | undefined;
  /** The granted time in seconds; the requested time if undefined. */
  lifetime: number | undefined;
  readonly #standing = new Map<string, Standing>();
  #count = 0;

  /** @param events - What it knows; any other event is refused without being noted. */
  constructor(wire: Wire, events: readonly string[] = ['conference', 'dialog', 'presence']) {
    wire.handle = ({request, from, reply}) => {
      if (request.method !== 'SUBSCRIBE') return false;
      const event = request.getHeader('event') ?? '';
      if (!events.includes(event)) {
        reply(489);
        return true;
      }
      const asked: Asked = {
        number: decodeURIComponent(request.to.uri.user ?? ''),
        event,
        expires: Number(request.getHeader('expires')),
        callId: request.callId,
        again: Boolean(request.toTag),
        time: Date.now(),
        request,
        from,
        reply,
      };
      this.asked.push(asked);
      if (!this.react?.(asked)) this.accept(asked);
      return true;
    };
  }

  /** The SUBSCRIBEs to an event of a number. */
  of(number: string, event: string): readonly Asked[] {
    return this.asked.filter((each) => each.number === number && each.event === event);
  }

  /** Accepts a SUBSCRIBE, and notifies at once. */
  accept(asked: Asked, notice: Notice = {}): void {
    const {number, event, expires, request, from, reply} = asked;
    const key = `${event} ${number}`;
    const granted = Math.min(expires, this.lifetime ?? expires);
    reply(200, [`Expires: ${granted}`, 'Contact: <sip:notifier@wire.test>']);
    if (!asked.again) this.#standing.set(key, {request, from, cseq: 0});
    const state = granted ? `active;expires=${granted}` : 'terminated;reason=timeout';
    this.tell(number, event, {state, body: this.documents.get(key) ?? '', ...notice});
    if (!granted) this.#standing.delete(key);
  }

  /** Sends a NOTIFY of the current subscription. */
  tell(number: string, event: string, notice: Notice = {}): void {
    const standing = this.#standing.get(`${event} ${number}`);
    if (!standing) throw new Error(`Nobody subscribes to ${event} of ${number}.`);
    standing.cseq += 1;
    const {request, from, cseq} = standing;
    const {body = '', state = 'active', type = TYPES[event] ?? ''} = notice;
    const target = /<([^>]+)>/.exec(request.getHeader('contact') ?? '')?.[1] ?? '';
    from.deliver(
      this.notify(target, {
        from: `<sip:${number}@wire.test>;tag=wire`,
        to: `${String(request.from)}${request.from.getParam('tag') ? '' : `;tag=${request.fromTag}`}`,
        callId: request.callId,
        cseq,
        event,
        state,
        type,
        body,
      }),
    );
  }

  /** A NOTIFY as it goes over the wire. */
  notify(
    target: string,
    parts: {from: string; to: string; callId: string; cseq: number; event: string} & Required<Notice>,
  ): string {
    const {from, to, callId, cseq, event, state, type, body} = parts;
    this.#count += 1;
    return [
      `NOTIFY ${target} SIP/2.0`,
      `Via: SIP/2.0/WS wire.test;branch=z9hG4bKnotify${this.#count}`,
      'Max-Forwards: 70',
      `From: ${from}`,
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} NOTIFY`,
      'Contact: <sip:notifier@wire.test>',
      `Event: ${event}`,
      `Subscription-State: ${state}`,
      ...(body ? [`Content-Type: ${type}`] : []),
      `Content-Length: ${new TextEncoder().encode(body).length}`,
      '',
      body,
    ].join('\r\n');
  }
}

/** One dialog of a document: its id, its state, and who began it. */
export type DialogLine = readonly [id: string, state: string, direction?: 'initiator' | 'recipient'];

/** A document of somebody's dialogs (RFC 4235). */
export function dialogInfo(
  number: string,
  version: number | string,
  dialogs: readonly DialogLine[],
  {state = 'full', entity = `sip:${number}@wire.test`}: {state?: string; entity?: string} = {},
): string {
  const rows = dialogs.map(
    ([id, phase, direction]) =>
      `<dialog id="${id}"${direction ? ` direction="${direction}"` : ''}><state>${phase}</state></dialog>`,
  );
  return `<?xml version="1.0"?>
<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="${state}" entity="${entity}">
${rows.join('\n')}
</dialog-info>`;
}

/** A presence document (RFC 3863), with an activity (RFC 4480) where one is given. */
export function pidf(
  number: string,
  basic: 'open' | 'closed' | '',
  activity = '',
  rich = 'urn:ietf:params:xml:ns:pidf:rpid',
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:r="${rich}"
  entity="pres:${number}@wire.test">
  ${basic ? `<tuple id="t1"><status><basic>${basic}</basic></status></tuple>` : ''}
  ${activity ? `<dm:person id="p1"><r:activities><r:${activity}/></r:activities></dm:person>` : ''}
</presence>`;
}
