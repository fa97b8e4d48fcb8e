import {randomBytes} from 'node:crypto';
import type {RawMessage, RawSip} from './raw-sip.js';
import {ScriptedMedia} from './scripted-media.js';

const tagged = (value: string, tag: string): string =>
  value.includes(';tag=') ? value : `${value};tag=${tag}`;
const addressOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value;

/** How a call of a scripted client ended. */
export type CallEnd = 'bye' | 'cancelled' | 'hung up' | 'declined' | 'refused' | 'socket';

/**
 * One SIP call of a scripted client, on the wire: the dialog by hand, the media real.
 *
 * Made by `ScriptedClient`; it knows nothing of sessions and events.
 */
export class ScriptedCall {
  /** Whose call it is. */
  readonly name: string;
  /** The value of the `ids` header; undefined where the INVITE had none. */
  readonly ids: string | undefined;
  readonly invite: RawMessage;
  /** The offer of the INVITE that came, or the answer to the one that went. */
  readonly description: string;
  /** Bodies of the INFO requests that came. */
  readonly infos: string[] = [];
  /** Offers of the re-INVITEs that came and were answered. */
  readonly offers: string[] = [];
  /** The Reason of the BYE that came (RFC 3326). */
  reason: string | undefined;
  /** The asserted identities (RFC 3325), if there were any. */
  readonly asserted: string[] = [];
  /** The bodies of the NOTIFYs, in order. */
  readonly notifications: {readonly body: string; readonly state: string}[] = [];
  /** The provisional statuses of an outgoing INVITE. */
  readonly progress: number[] = [];
  /** Resolves when the client's 200 was acknowledged, or its own INVITE was answered. */
  readonly established: Promise<void>;
  readonly ended: Promise<CallEnd>;
  /** Delays the answer to a BYE, so that a test sees what the server does before it. */
  beforeByeAnswer: Promise<void> = Promise.resolve();
  /**
   * Delays the 200 to an INVITE: the browser asks for the microphone, without limit (docs/protocol/clients.md#invites).
   */
  beforeAnswer: Promise<void> = Promise.resolve();
  /** Refuses re-INVITEs with this status, where it is set. */
  refuseOffers: number | undefined;
  media: ScriptedMedia | undefined;
  over: CallEnd | undefined;
  #sip: RawSip;
  readonly #local: string;
  readonly #remote: string;
  readonly #target: string;
  readonly #waiting = new Set<() => void>();
  #cseq: number;
  #establish: () => void = () => undefined;
  #end: (how: CallEnd) => void = () => undefined;

  private constructor(sip: RawSip, name: string, invite: RawMessage, peer: RawMessage, outgoing: boolean) {
    this.#sip = sip;
    this.name = name;
    this.invite = invite;
    this.ids = invite.header('ids');
    this.description = peer.body;
    const [from = '', to = ''] = [peer.header('from'), peer.header('to')];
    this.#local = outgoing ? from : tagged(to, randomBytes(4).toString('hex'));
    this.#remote = outgoing ? to : from;
    this.#target = addressOf(peer.header('contact') ?? '');
    this.#cseq = outgoing ? Number(peer.header('cseq')?.split(' ')[0]) : 0;
    this.established = new Promise((resolve) => (this.#establish = resolve));
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  /** An incoming call. */
  static incoming(sip: RawSip, name: string, invite: RawMessage): ScriptedCall {
    return new ScriptedCall(sip, name, invite, invite, false);
  }

  /** A call that this client made by SIP, from the 200 to its INVITE. */
  static outgoing(sip: RawSip, name: string, ok: RawMessage, media: ScriptedMedia): ScriptedCall {
    const call = new ScriptedCall(sip, name, ok, ok, true);
    call.media = media;
    call.#ack();
    call.#establish();
    return call;
  }

  get callId(): string {
    return this.invite.header('call-id') ?? '';
  }

  /** The name and number in the INVITE. */
  get caller(): {number: string; name: string} {
    const from = this.invite.header('from') ?? '';
    return {number: /sip:([^@]+)@/.exec(from)?.[1] ?? '', name: /"([^"]*)"/.exec(from)?.[1] ?? ''};
  }

  /** Continues over another socket; returns the one before. */
  moveTo(sip: RawSip): RawSip {
    const before = this.#sip;
    this.#sip = sip;
    return before;
  }

  /** Resolves when the next request of this call has arrived. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** Sends 180. */
  ring(): void {
    this.#respond(this.invite, 180, 'Ringing');
  }

  /**
   * Sends 200 with real media: the lines that were offered.
   *
   * @param direction - What it says to do on all of them, or on the picture alone, where that is not what they allow.
   */
  async answer(direction?: 'inactive', of: 'all' | 'video' = 'all'): Promise<void> {
    const kinds = (['audio', 'video'] as const).filter((kind) =>
      new RegExp(`^m=${kind} [1-9]`, 'm').test(this.description),
    );
    this.media = new ScriptedMedia(this.name, kinds);
    const allowed = await this.media.answer(this.description);
    const answer = allowed
      .split(/^(?=m=)/m)
      .map((section) =>
        direction && (of === 'all' || section.startsWith(`m=${of}`))
          ? section.replace(/^a=(sendrecv|sendonly|recvonly)/gm, `a=${direction}`)
          : section,
      )
      .join('');
    await this.beforeAnswer;
    if (this.over === undefined) this.#respond(this.invite, 200, 'OK', answer);
  }

  /** Refuses the INVITE: 480 is the existing client's decline (docs/protocol/clients.md#the-end). */
  async decline(status = 480): Promise<void> {
    this.#respond(this.invite, status, 'No');
    await this.finish('declined');
  }

  /** Sends BYE; resolves with the status of its answer. */
  async hangup(): Promise<number> {
    const {status} = await this.#request('BYE');
    await this.finish('hung up');
    return status;
  }

  /** Sends a re-INVITE with a direction; resolves with the answer. */
  async reinvite(direction = 'sendrecv'): Promise<string> {
    const offer = (await this.media?.offer(direction)) ?? '';
    const response = await this.#request('INVITE', 'application/sdp', offer);
    this.#ack();
    if (response.status !== 200) throw new Error(`re-INVITE: ${response.start}`);
    await this.media?.accept(response.body);
    return response.body;
  }

  /** Requests a transfer of the other party; resolves with the status of the response. */
  async refer(target: string): Promise<number> {
    return (await this.#request('REFER', undefined, '', [`Refer-To: ${target}`])).status;
  }

  /** Resolves once a NOTIFY with the body has arrived. */
  async notified(body: string): Promise<void> {
    while (!this.notifications.some((notification) => notification.body === body)) await this.changed();
  }

  /** The Replaces header by which the server knows this call. */
  get replaces(): string {
    const tagOf = (value: string): string => /;tag=([^;\s]+)/.exec(value)?.[1] ?? '';
    return `${this.callId};to-tag=${tagOf(this.#remote)};from-tag=${tagOf(this.#local)}`;
  }

  /** Sends INFO, one tone each; resolves with the status of its answer. */
  async info(body: string): Promise<number> {
    return (await this.#request('INFO', 'application/dtmf-relay', body)).status;
  }

  /** Takes a request of this dialog, ACK and CANCEL included. */
  async take(request: RawMessage): Promise<void> {
    await this.#take(request);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  async #take(request: RawMessage): Promise<void> {
    switch (request.method) {
      case 'ACK':
        if (this.over === undefined) this.#establish();
        return;
      case 'CANCEL':
        this.#respond(request, 200, 'OK');
        this.#respond(this.invite, 487, 'Request Terminated');
        return this.finish('cancelled');
      case 'BYE':
        this.reason = request.header('reason');
        await this.beforeByeAnswer;
        this.#respond(request, 200, 'OK');
        return this.finish('bye');
      case 'INFO':
        // It refuses every INFO (docs/protocol/clients.md#media).
        this.infos.push(request.body);
        return this.#respond(request, 488, 'Not Acceptable Here');
      case 'NOTIFY':
        this.notifications.push({
          body: request.body.trim(),
          state: request.header('subscription-state') ?? '',
        });
        return this.#respond(request, 200, 'OK');
      case 'INVITE':
        return this.#reinvited(request);
      default:
        return this.#respond(request, 405, 'Method Not Allowed');
    }
  }

  /** Ends it silently, as when the socket is lost (docs/protocol/clients.md#registration). */
  async finish(how: CallEnd): Promise<void> {
    if (this.over !== undefined) return;
    this.over = how;
    await this.media?.close();
    this.#end(how);
  }

  async #reinvited(request: RawMessage): Promise<void> {
    this.asserted.push(...request.headers('p-asserted-identity'));
    if (this.refuseOffers !== undefined) this.#respond(request, this.refuseOffers, 'Not now');
    else {
      if (/^m=video [1-9]/m.test(request.body) && !/^m=video/m.test(this.description))
        this.media?.add('video');
      this.#respond(request, 200, 'OK', (await this.media?.answer(request.body)) ?? '');
    }
    this.offers.push(request.body);
  }

  #respond(request: RawMessage, status: number, reason: string, body = ''): void {
    const type = body ? ['Content-Type: application/sdp'] : [];
    const tag = /;tag=(\S+)/.exec(this.#local)?.[1] ?? '';
    this.#sip.send(
      [
        `SIP/2.0 ${status} ${reason}`,
        ...request.headers('via').map((via) => `Via: ${via}`),
        `From: ${request.header('from')}`,
        `To: ${tagged(request.header('to') ?? '', tag)}`,
        `Call-ID: ${this.callId}`,
        `CSeq: ${request.header('cseq')}`,
        `Contact: <${this.#sip.contact}>`,
        ...type,
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
  }

  #ack(): void {
    this.#sip.send(this.#write('ACK', this.#cseq));
  }

  #request(method: string, type?: string, body = '', headers: readonly string[] = []): Promise<RawMessage> {
    this.#cseq += 1;
    const cseq = this.#cseq;
    this.#sip.send(this.#write(method, cseq, type, body, headers));
    return this.#sip.inbox.next(
      (message) =>
        message.status >= 200 &&
        message.header('call-id') === this.callId &&
        message.header('cseq') === `${cseq} ${method}`,
    );
  }

  #write(method: string, cseq: number, type?: string, body = '', headers: readonly string[] = []): string {
    return [
      `${method} ${this.#target} SIP/2.0`,
      `Via: SIP/2.0/WS client.invalid;branch=z9hG4bK${randomBytes(6).toString('hex')}`,
      'Max-Forwards: 70',
      `From: ${this.#local}`,
      `To: ${this.#remote}`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <${this.#sip.contact}>`,
      ...headers,
      ...(type ? [`Content-Type: ${type}`] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }
}
