import {expect} from '@open-wc/testing';
import {constructOutgoingResponse} from 'sip.js/lib/core/index.js';
import {reaches, until} from '../../support/in-page/facts.js';
import {description, PLACES, Stranger, TEXTS, writtenIn} from '../../support/wire/stranger.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const AUDIO = {audio: true, video: false};

/** Where a callee writes in the answer to an INVITE. */
const ANSWERS = {
  'tag of To': (answer: string, text: string) => answer.replace('tag=callee', () => `tag=${text}`),
  'user of To': (answer: string, text: string) =>
    answer.replace('To: <sip:carol@', () => `To: <sip:${text}@`),
} as const;

const OF_ANSWERS = [
  ...['user of Contact', 'parameter of Contact', 'header of Contact', 'user of a focus'],
  ...['name of a parameter of Contact', 'name of a parameter of a focus'],
  ...['user of Record-Route', 'user of P-Asserted-Identity'],
] as const;

/** Resolves once the condition is true; names the text if that takes long. */
async function soon(text: string, what: string, fact: () => boolean): Promise<void> {
  await until(fact, 5_000).catch(() => {
    throw new Error(`“${text.slice(0, 40)}”: ${what}`);
  });
}

describe('SipUserAgent: what strangers write', () => {
  let wire: Wire;
  let bob: WireUser;
  let offer: string;
  /** The answer to any offer of Bob's. */
  let answer: string;

  before(async () => {
    offer = await description();
    answer = await description(offer);
  });

  beforeEach(async () => {
    wire = new Wire({bob: ''});
    bob = await new WireUser(wire, {user: 'bob'}).begin();
  });

  afterEach(async () => {
    wire.handle = undefined;
    let left = false;
    void bob.agent.disconnect().then(() => (left = true));
    await soon('disconnect', 'is not over', () => left && wire.connections.size === 0);
  });

  /** Calls Bob, who answers and hangs up; resolves with the status of the answer. */
  async function call(text: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const stranger = new Stranger(wire, {user: 'bob', headers, offer});
    await soon(text, 'neither rings nor is refused', () => bob.dialogs.length > 0 || stranger.status > 0);
    const ringing = bob.dialogs.shift();
    if (!ringing) return stranger.status;
    await ringing.accept(AUDIO);
    await soon(text, 'is not answered', () => stranger.status > 0);
    stranger.acknowledge();
    expect(ringing.identity).to.be.an('object');
    await ringing.hangup();
    await soon(text, 'is not ended', () => stranger.ended);
    return stranger.status;
  }

  for (const place of Object.keys(PLACES) as (keyof typeof PLACES)[])
    it(`ends each call, whatever a caller writes as the ${place}`, async () => {
      for (const text of TEXTS) expect([200, 400], text).to.include(await call(text, writtenIn(place, text)));
    });

  /** Bob calls a callee, who answers with the headers and is called off. */
  async function calls(
    text: string,
    headers: Readonly<Record<string, string>>,
    edit = (answer: string, _: string): string => answer,
  ): Promise<void> {
    let answers = false;
    wire.handle = ({request, from}) => {
      if (request.method !== 'INVITE') return request.method !== 'REGISTER';
      const extraHeaders = Object.entries({Contact: '<sip:callee@wire.test>', ...headers}).map(
        ([name, value]) => `${name}: ${value}`,
      );
      const body = {contentDisposition: 'session', contentType: 'application/sdp', content: answer};
      const options = {statusCode: 200, toTag: 'callee', extraHeaders, body};
      from.deliver(edit(constructOutgoingResponse(request, options).message, text));
      answers = true;
      return true;
    };
    const before = wire.messages.length;
    const sent = (method: string): boolean =>
      wire.messages.slice(before).some((message) => message.startsWith(`${method} `));
    const dialog = bob.agent.invite('carol', AUDIO);
    await soon(text, 'is not answered', () => answers);
    // An answer that cannot be read is none: the INVITE is cancelled then.
    if (isReadable(text)) await soon(text, 'is not acknowledged', () => sent('ACK'));
    await dialog.hangup();
    await reaches(dialog, 'terminated');
    if (isReadable(text)) await soon(text, 'is not ended', () => sent('BYE'));
  }

  for (const place of OF_ANSWERS)
    it(`acknowledges and ends each call, whatever a callee writes as the ${place}`, async () => {
      for (const text of TEXTS) await calls(text, writtenIn(place, text));
    });

  for (const line of [
    '',
    'Contact: *',
    'Contact: <tel:+1>',
    'Contact: ',
    'Record-Route: x',
    'Max-Forwards: x',
  ])
    it(`acknowledges and ends an answered call, and ends a refused one, with ${line || 'no Contact'}`, async () => {
      const edit = (answer: string): string => answer.replace(/^Contact: .*\r\n/m, line && `${line}\r\n`);
      await calls(line, {}, edit);
      for (const statusCode of [302, 486]) {
        wire.handle = ({request, from}) => {
          if (request.method !== 'INVITE') return false;
          const extraHeaders = ['Contact: <sip:callee@wire.test>'];
          const options = {toTag: 'callee', extraHeaders};
          for (const code of [180, statusCode])
            from.deliver(edit(constructOutgoingResponse(request, {...options, statusCode: code}).message));
          return true;
        };
        await reaches(bob.agent.invite('carol', AUDIO), 'terminated');
      }
    });

  for (const [place, edit] of Object.entries(ANSWERS))
    it(`acknowledges and ends each call, whatever a callee writes as the ${place}`, async () => {
      for (const text of TEXTS) await calls(text, {}, edit);
    });
});

/** Whether a message with the text can be read: a percent sign begins an escape. */
function isReadable(text: string): boolean {
  return !/%(?![\da-f]{2})/i.test(text);
}
