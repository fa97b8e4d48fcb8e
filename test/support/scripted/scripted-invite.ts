import {randomBytes} from 'node:crypto';
import type {RawMessage, RawSip} from './raw-sip.js';
import {ScriptedCall} from './scripted-call.js';
import {ScriptedMedia} from './scripted-media.js';

/** The result of an INVITE: its final response, and the call if that was a 200. */
export interface Placed {
  readonly response: RawMessage;
  readonly call?: ScriptedCall;
  /** Whether a 180 came before it. */
  readonly rang: boolean;
}

/** The callee, the offer, and when to send CANCEL. */
export interface PlaceOptions {
  readonly to: string;
  readonly kinds: readonly ('audio' | 'video')[];
  readonly giveUp: Promise<void> | undefined;
  /** Further headers, as complete lines. */
  readonly headers?: readonly string[];
}

/** Sends an INVITE with real media, as an ordinary SIP client does. */
export async function placeCall(
  sip: RawSip,
  {to, kinds, giveUp, headers = []}: PlaceOptions,
): Promise<Placed> {
  const media = new ScriptedMedia(sip.user, kinds);
  const callId = randomBytes(8).toString('hex');
  const text = sip.write('INVITE', {
    to: `sip:${to}@localhost`,
    callId,
    cseq: 1,
    headers: [`Contact: <${sip.contact}>`, 'Content-Type: application/sdp', ...headers],
    body: await media.offer(),
  });
  /** Another request of the same transaction (RFC 3261 §9.1, §17.1.1.3). */
  const same = (method: string): string =>
    (text.split('\r\n\r\n')[0] ?? '')
      .replace(/^INVITE/, method)
      .replace('CSeq: 1 INVITE', `CSeq: 1 ${method}`)
      .replace(/Content-Length: \d+/, 'Content-Length: 0') + '\r\n\r\n';
  sip.send(text);
  void giveUp?.then(() => sip.send(same('CANCEL')));
  for (let rang = false; ;) {
    const response = await sip.inbox.next(
      (message) => message.status > 0 && message.method === 'INVITE' && message.header('call-id') === callId,
    );
    rang ||= response.status === 180;
    if (response.status < 200) continue;
    if (response.status >= 300) {
      await media.close();
      sip.send(same('ACK'));
      return {response, rang};
    }
    const call = ScriptedCall.outgoing(sip, sip.user, response, media);
    await media.accept(response.body);
    return {response, call, rang};
  }
}
