import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {API_CODE, API_HEADER} from '../../../src/dispatch/protocol.js';
import type {ServerOptions} from '../../../server/server.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';
import {hearsTones, voice} from '../../support/scripted/scripted-voice.js';

const ofAlice = (kind: string) => (packet: {kind: string; name: string}) =>
  packet.kind === kind && packet.name === '1001';

/** The echo's number, as the server tells a client. */
async function announced(site: ScriptedSite, user: string): Promise<unknown> {
  const {code, body} = await (await site.client(user)).ask(API_HEADER.loginInfo, {});
  assert.equal(code, API_CODE.none);
  return (body as Record<string, unknown>[])[0]!['EchoNumber'];
}

describe('the number of the echo', () => {
  it('answers at once and sends back sound and picture, half a second later, until the caller hangs up', () =>
    onSite(async (site) => {
      const alice = await site.client('1001');
      const {cid, call} = await alice.call('9999', 2);
      const media = call.media!;
      const [sound, picture] = await Promise.all([
        media.hears(ofAlice('audio')),
        media.hears(ofAlice('video')),
      ]);
      assert.equal(picture.key, true);
      assert.equal(sound.name, '1001');
      // A decoder that lost track gets a key frame of the caller's own.
      const before = media.keyFrameRequests;
      await media.requestKeyFrame();
      await media.hears(({kind, key}) => kind === 'video' && key);
      assert.ok(media.keyFrameRequests > before);
      // What is said from now on comes back later than what waits.
      const from = performance.now();
      media.voice = voice(700);
      await media.hears(({kind, name}) => kind === 'audio' && name !== '1001');
      const late = performance.now() - from;
      assert.ok(late >= 500, `heard after ${late} ms`);
      await hearsTones(media, [700]);
      await call.hangup();
      await alice.forgets(cid);
    }));

  it('is called by SIP alone, too, and sends back a call without a picture', () =>
    onSite(async (site) => {
      const alice = await site.client('1001');
      const {call} = await alice.invite('9999');
      assert.ok(call);
      await call.media!.hears(ofAlice('audio'));
      assert.equal(call.media!.heard.filter(({kind}) => kind === 'video').length, 0);
      await call.hangup();
    }));

  it('ends a call that lasts too long', () =>
    onSite(
      async (site) => {
        const alice = await site.client('1001');
        const {cid} = await alice.call('9999');
        await alice.forgets(cid);
      },
      {echoTimeout: 1_000},
    ));

  it('is told to clients that ask for the addresses, and is no account: nobody is found or signs in there', () =>
    onSite(async (site) => {
      assert.equal(await announced(site, '1001'), '9999');
      const bob = await site.client('1002');
      const {body} = await bob.ask(API_HEADER.peopleByType, {type: '-1'});
      assert.ok(JSON.stringify(body).includes('1003'));
      assert.ok(!JSON.stringify(body).includes('9999'));
      await assert.rejects(site.client('9999'));
    }));

  for (const [what, options] of [
    ['is none if the server is told so', {echo: ''}],
    ['is none if an account has the number', {echo: '1002'}],
  ] as const satisfies readonly (readonly [string, ServerOptions])[])
    it(what, () =>
      onSite(async (site) => {
        assert.equal(await announced(site, '1001'), undefined);
        await assert.rejects((await site.client('1003')).call('9999'));
      }, options),
    );
});
