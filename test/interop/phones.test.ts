import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import {startDeskPhone, type DeskPhone} from '../support/interop/desk-phone.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {receives} from '../support/page/measure.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {freePort, startProgram} from '../support/interop/program.js';
import {holds, replies, startScriptedPhone} from '../support/scripted/scripted-phone.js';
import {hearsTones} from '../support/page/signals.js';
import {
  answer,
  cause,
  hangsUp,
  LOOPBACK_FLAGS,
  person,
  showsState,
  type Person,
} from '../support/interop/sip-page.js';
import {openSite, type Site} from '../support/page/site.js';

describe('browsers and phones by UDP, through rtpengine', () => {
  let kamailio: Kamailio;
  let site: Site;
  let alice: Person;
  let desk: DeskPhone;

  before(async () => {
    kamailio = await startKamailio();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    alice = await person(site, kamailio, 'alice', {tone: 800});
    desk = await startDeskPhone(kamailio, {answers: true});
  });
  after(async () => {
    await desk?.stop();
    await site?.close();
    await kamailio?.stop();
  });
  afterEach(() => hangsUp(alice), {timeout: 20_000});

  const it = testsThatTell(async () => [
    await tellsOfPage('alice', alice.page),
    `desk: events not taken: ${desk.events().join(', ') || 'none'}`,
    tellsOfLog('Kamailio', kamailio.log()),
  ]);

  /** Waits for two more seconds of sound: nothing that was on its way before. */
  async function hearsOn({page}: Person): Promise<void> {
    await page.evaluate(async () => {
      const arrived = async (): Promise<number> => {
        let packets = 0;
        for (const peer of (window as any).opened.peers as Set<RTCPeerConnection>)
          for (const {type, packetsReceived} of ((await peer.getStats()) as Map<string, any>).values())
            if (type === 'inbound-rtp') packets += Number(packetsReceived);
        return packets;
      };
      const before = await arrived();
      while ((await arrived()) < before + 100) await new Promise((resolve) => setTimeout(resolve, 100));
    });
  }

  async function hear(): Promise<void> {
    await hearsTones(alice.page, [desk.tone], [alice.tone]);
    await desk.hears(alice.tone);
  }

  it('hear each other where the browser calls, and the browser ends it', async () => {
    await placeCall(alice.page, 'desk', 'audio');
    await nextEvent(alice.page, 'sip-call-answered');
    await hear();
    await alice.page.evaluate(() => (window as any).call.hangup());
    await desk.event('CALL_CLOSED');
  });

  it('hear each other where the phone calls, and the phone ends it', async () => {
    await desk.command('dial', 'sip:alice@sip.test');
    const {remote} = await nextEvent(alice.page, 'sip-call-received');
    assert.equal(remote.number, 'desk');
    await answer(alice);
    await nextEvent(alice.page, 'sip-call-answered');
    await hear();
    await desk.command('hangup');
    assert.equal((await cause(alice)).code, 'normal');
  });

  it('let the phone be told of tones (RFC 4733)', async () => {
    await placeCall(alice.page, 'desk', 'audio');
    await nextEvent(alice.page, 'sip-call-answered');
    await hear();
    await alice.page.evaluate(() => (window as any).call.sendDtmf('15#'));
    const tones: (string | undefined)[] = [];
    while (tones.length < 3) tones.push((await desk.event('CALL_DTMF_START')).param);
    assert.deepEqual(tones, ['1', '5', '#']);
  });

  it('talk by sound where the browser offers a picture that the phone has not', async () => {
    await placeCall(alice.page, 'desk', 'video');
    await nextEvent(alice.page, 'sip-call-answered');
    await hear();
  });

  it('reach a gateway that is not registered, which sends back what it gets', async () => {
    const port = await freePort('udp');
    const sipp = startProgram('sipp', [
      ...['-sn', 'uas', '-i', '127.0.0.1', '-p', `${port}`, '-mi', '127.0.0.1', '-ci', '127.0.0.1'],
      ...['-rtp_echo', '-nostdin'],
    ]);
    try {
      const contact = `sip:carol@127.0.0.1:${port}`;
      await kamailio.command('ul.add', 'location', 'carol', contact, '3600', '1.0', '.', '0', '0', '8191');
      await placeCall(alice.page, 'carol', 'audio');
      await nextEvent(alice.page, 'sip-call-answered');
      await receives(alice.page, 'sip-client', {frames: 0, energy: 0.01});
      await hearsTones(alice.page, [alice.tone]);
      await alice.page.evaluate(() => (window as any).call.hangup());
      assert.equal((await cause(alice)).code, 'normal');
    } finally {
      await sipp.stop();
    }
  });

  it('hear each other on where the phone refuses what the browser wants to change', async () => {
    const phone = await startScriptedPhone(kamailio, 'carol', {
      steps: `<recv request="INVITE"/>${replies('100 Trying')}${replies('488 Not Acceptable Here')}<recv request="ACK"/>
        <recv request="BYE"/>${replies('200 OK')}`,
    });
    try {
      await placeCall(alice.page, 'carol', 'audio');
      await nextEvent(alice.page, 'sip-call-answered');
      await hearsTones(alice.page, [alice.tone]);
      const refused = await alice.page.evaluate(() =>
        (window as any).call.setMedia({video: true}).catch(({status}: any) => status),
      );
      assert.equal(refused, 488);
      await hearsOn(alice);
      await hearsTones(alice.page, [alice.tone]);
      await alice.page.evaluate(() => (window as any).call.hangup());
      await phone.ended;
    } finally {
      await phone.stop();
    }
  });

  it('reach a phone behind NAT where it comes from, whatever address it gives', async () => {
    const contact = 'sip:carol@192.168.77.77:5060';
    const phone = await startScriptedPhone(kamailio, 'carol', {
      contact,
      steps: `${holds(contact)}<recv request="BYE"/>${replies('200 OK')}`,
    });
    try {
      await placeCall(alice.page, 'carol', 'audio');
      await nextEvent(alice.page, 'sip-call-answered');
      await showsState(alice, 'remoteHeld', true);
      await alice.page.evaluate(() => (window as any).call.hangup());
      await phone.ended;
    } finally {
      await phone.stop();
    }
  });

  it('are told that the server is at fault where rtpengine is down', async () => {
    await kamailio.stopRelay();
    await assert.rejects(
      placeCall(alice.page, 'desk', 'audio'),
      /The server could not complete the request \(desk\)/,
    );
  });
});
