import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {RawSip} from '../../support/scripted/raw-sip.js';
import {until} from '../../support/in-page/facts.js';

/** An offer of sound, from a client that is nowhere. */
const OFFER = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=rtcp-mux',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array(32).fill('AA').join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:111 opus/48000/2',
  '',
].join('\r\n');

describe('an INVITE to a number', () => {
  let server: DispatchServer;
  let anna: RawSip;
  let ben: RawSip;
  before(async () => {
    server = await startServer({port: 0});
    [anna, ben] = [await RawSip.registered(server.url, '1001'), await RawSip.registered(server.url, '1002')];
  });
  after(() => server.close());

  for (const [status, reason, told] of [
    [302, 'Moved Temporarily', 480],
    [401, 'Unauthorized', 480],
    [407, 'Proxy Authentication Required', 480],
    [486, 'Busy Here', 486],
    [500, 'Server Internal Error', 480],
    [603, 'Decline', 603],
  ] as const) {
    it(`is refused with ${told} where the callee answers ${status}, and leaves nothing`, async () => {
      const asked = anna.request('INVITE', {
        to: 'sip:1002@localhost',
        headers: [`Contact: <${anna.contact}>`, 'Content-Type: application/sdp'],
        body: OFFER,
      });
      ben.answer(await ben.received('INVITE'), status, reason);
      assert.equal((await asked).status, told);
      await until(() => server.stats()['sessions'] === 0 && server.stats()['legs'] === 0);
    });
  }
});
