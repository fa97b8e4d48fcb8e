import {expect} from '@open-wc/testing';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {hears, reaches, sees} from '../../support/in-page/facts.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

describe('SipDialog: codecs', () => {
  let wire: Wire;
  const users: WireUser[] = [];

  afterEach(async () => {
    await Promise.all(users.splice(0).map(({agent}) => agent.disconnect()));
  });

  /** Makes a video call, each side with its own preferred codecs; returns what arrives at caller and callee. */
  async function spoken(caller: readonly string[], called: readonly string[]): Promise<[string[], string[]]> {
    const [alice, bob] = [
      new WireUser(wire, {user: 'alice', codecs: caller}),
      new WireUser(wire, {user: 'bob', codecs: called}),
    ];
    users.push(alice, bob);
    await Promise.all([alice.begin(), bob.begin()]);
    const call = alice.agent.invite('bob', {audio: true, video: true});
    const far = await bob.rings();
    await far.accept({audio: true, video: true});
    await reaches(call, 'confirmed');
    await Promise.all([hears(call), hears(far), sees(call), sees(far)]);
    return [await received(call), await received(far)];
  }

  beforeEach(() => {
    wire = new Wire({alice: '', bob: ''});
  });

  for (const codec of ['H264', 'VP9', 'vp8'])
    it(`are what the caller prefers: ${codec}`, async () => {
      const video = `video/${codec.toUpperCase()}`;
      expect(await spoken([codec], [])).to.deep.equal([
        ['audio/opus', video],
        ['audio/opus', video],
      ]);
    });

  it('are what each side prefers for what it gets', async () => {
    expect(await spoken(['VP9'], ['H264', 'PCMU'])).to.deep.equal([
      ['audio/opus', 'video/VP9'],
      ['audio/PCMU', 'video/H264'],
    ]);
  });

  it('are the next ones where the other side has not offered what is preferred', async () => {
    wire.rewrite = (body, message) => (message.startsWith('INVITE') ? without(body, 'VP9', 'G722') : body);
    expect(await spoken([], ['G722', 'VP9', 'PCMA', 'H264'])).to.deep.equal([
      ['audio/opus', 'video/VP8'],
      ['audio/PCMA', 'video/H264'],
    ]);
  });
});

/** The codecs that a dialog has received and decoded, from the statistics: `audio/opus`, sorted. */
async function received(dialog: SipDialog): Promise<string[]> {
  const report = (await dialog.statistics())!;
  const codecs: string[] = [];
  report.forEach((entry: {type: string; codecId?: string; packetsReceived?: number}) => {
    if (entry.type === 'inbound-rtp' && entry.packetsReceived)
      codecs.push((report.get(entry.codecId!) as {mimeType: string}).mimeType);
  });
  return codecs.sort();
}

/** Removes these codecs, and the codecs that repair their packets, from a description. */
function without(sdp: string, ...names: string[]): string {
  const gone = new Set<string>();
  for (const [, type = '', name = ''] of sdp.matchAll(/^a=rtpmap:(\d+) ([\w-]+)/gm))
    if (names.includes(name)) gone.add(type);
  for (const [, type = '', apt = ''] of sdp.matchAll(/^a=fmtp:(\d+) apt=(\d+)/gm))
    if (gone.has(apt)) gone.add(type);
  return sdp
    .split('\r\n')
    .filter((line) => !gone.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1] ?? ''))
    .map((line) =>
      line.startsWith('m=')
        ? line
            .split(' ')
            .filter((part, index) => index < 3 || !gone.has(part))
            .join(' ')
        : line,
    )
    .join('\r\n');
}
