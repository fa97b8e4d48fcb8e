import {expect} from '@open-wc/testing';
import {constructOutgoingResponse, type IncomingRequestMessage} from 'sip.js/lib/core/index.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {readTone} from '../../../src/sip/dialog/tone-info.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, hears, listens, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

/** The two frequencies of each tone, in hertz (ITU-T Q.23). */
const FREQUENCIES: Readonly<Record<string, readonly [number, number]>> = {
  '5': [770, 1336],
  '9': [852, 1477],
  '#': [941, 1477],
};

describe('SipDialog: tones', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let call: SipDialog;
  let far: SipDialog;
  /** The tones that the far end reported, in order. */
  let told: string[];

  async function begin(options: Partial<SipClientOptions> = {}): Promise<void> {
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice', ...options}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
  }

  async function talk(options: Partial<SipClientOptions> = {}): Promise<void> {
    await begin(options);
    call = alice.agent.invite('bob', {audio: true, video: false});
    far = await bob.rings();
    told = [];
    far.addEventListener('dtmf', ({detail}) => void told.push(`${detail.tone} ${detail.duration}`));
    await far.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    await Promise.all([hears(call), hears(far)]);
  }

  afterEach(async () => {
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  const infos = (): string[] =>
    wire.messages
      .filter((message) => message.startsWith('INFO '))
      .map((message) => message.split('\r\n\r\n')[1]!);

  /** The maximum level of frequencies that the far end hears while the task runs, in decibels. */
  async function heard(frequencies: readonly number[], task: () => Promise<void>): Promise<number[]> {
    return listens(far, async () => {
      const context = new AudioContext();
      await context.resume();
      const analyser = new AnalyserNode(context, {fftSize: 4096, smoothingTimeConstant: 0});
      context.createMediaStreamSource(far.remoteStream!).connect(analyser);
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const strongest = frequencies.map(() => -Infinity);
      let over = false;
      const listening = (async () => {
        while (!over) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          analyser.getFloatFrequencyData(spectrum);
          frequencies.forEach((frequency, index) => {
            const bin = Math.round((frequency * analyser.fftSize) / context.sampleRate);
            strongest[index] = Math.max(strongest[index]!, spectrum[bin]!);
          });
        }
      })();
      await task();
      // What was sent last is still on its way.
      await new Promise((resolve) => setTimeout(resolve, 300));
      over = true;
      await listening;
      await context.close();
      return strongest;
    });
  }

  it('go as RTP events where the other side takes them: both frequencies arrive', async () => {
    await talk();
    await call.setMuted(true);
    for (const tone of ['5', '#']) {
      const [low, high, other] = await heard([...FREQUENCIES[tone]!, 2500], () => call.sendDtmf(tone));
      expect(low, `${tone}, low`).to.be.above(-50);
      expect(high, `${tone}, high`).to.be.above(-50);
      expect(other, 'anything else').to.be.below(Math.min(low!, high!) - 20);
    }
    expect(infos()).to.deep.equal([]);
  });

  it('go one after another, 160 ms each, and resolve when the last one has gone', async () => {
    await talk();
    const begun = performance.now();
    await Promise.all([call.sendDtmf('12'), call.sendDtmf('3')]);
    expect(performance.now() - begun).to.be.above(3 * (160 + 70) - 5);
  });

  it('go as INFO where RTP events are not negotiated', async () => {
    await begin();
    wire.rewrite = (body) => body.replace(/^a=(rtpmap|fmtp):\d+ telephone-event.*\r\n/gm, '');
    call = alice.agent.invite('bob', {audio: true, video: false});
    far = await bob.rings();
    told = [];
    far.addEventListener('dtmf', ({detail}) => void told.push(`${detail.tone} ${detail.duration}`));
    await far.accept({audio: true, video: false});
    await hears(far);
    await call.sendDtmf('1A#');
    expect(infos()).to.deep.equal(['1', 'A', '#'].map((tone) => `Signal=${tone}\r\nDuration=160\r\n`));
    expect(told).to.deep.equal(['1 160', 'A 160', '# 160']);
  });

  it('go as INFO where that is asked for; a comma is a pause', async () => {
    shorten({tonePause: 600});
    await talk({dtmf: 'info'});
    const begun = performance.now();
    await call.sendDtmf('1,2');
    expect(performance.now() - begun).to.be.above(600 + 2 * 230 - 5);
    expect(told).to.deep.equal(['1 160', '2 160']);
  });

  it('go as INFO while the call is held, by either side, and as RTP events again afterwards', async () => {
    await talk();
    await call.setHeld(true);
    await call.sendDtmf('1');
    await call.setHeld(false);
    await far.setHeld(true);
    await becomes(call, ({remoteHeld}) => remoteHeld);
    await call.sendDtmf('2');
    expect(told).to.deep.equal(['1 160', '2 160']);
    await far.setHeld(false);
    await becomes(call, ({remoteHeld}) => !remoteHeld);
    const [low, high] = await heard(FREQUENCIES['9']!, () => call.sendDtmf('9'));
    expect(Math.min(low!, high!)).to.be.above(-50);
    expect(told).to.deep.equal(['1 160', '2 160']);
  });

  it('do not go another way than the one that is asked for', async () => {
    await talk({dtmf: 'rfc4733'});
    await call.setHeld(true);
    await rejects(call.sendDtmf('1'), 'invalid-state');
    expect(infos()).to.deep.equal([]);
  });

  it('that are refused fail, and those behind them go', async () => {
    await talk({dtmf: 'info'});
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INFO') return false;
      wire.handle = undefined;
      reply(415);
      return true;
    };
    const [refused] = await Promise.allSettled([call.sendDtmf('12'), call.sendDtmf('3')]);
    expect(refused).to.have.nested.property('reason.code', 'tones-refused');
    expect(told).to.deep.equal(['3 160']);
    expect(call.state.phase).to.equal('confirmed');
  });

  for (const dtmf of ['info', 'rfc4733'] as const)
    it(`end with the call (${dtmf}): what waits is given up`, async () => {
      await talk({dtmf});
      const sent = [call.sendDtmf('1,2,3'), call.sendDtmf('4')];
      const given = sent.map((promise) => rejects(promise, 'aborted'));
      await call.hangup();
      await Promise.all(given);
      const count = infos().length;
      await rejects(call.sendDtmf('5'), 'aborted');
      expect(infos()).to.have.length(count);
    });

  it('need a call that has begun', async () => {
    await begin();
    call = alice.agent.invite('bob', {audio: true, video: false});
    far = await bob.rings();
    await rejects(call.sendDtmf('1'), 'invalid-state');
    await rejects(far.sendDtmf('1'), 'invalid-state');
    expect(infos()).to.deep.equal([]);
  });

  it('tell of no more than the other side says by INFO, and answer what is none', async () => {
    await talk();
    const invite = wire.messages.find((message) => message.startsWith('INVITE '))!;
    const header = (name: string, message: string): string =>
      new RegExp(`^${name}: (.*)\r$`, 'm').exec(message)![1]!;
    const ok = wire.messages.find(
      (message) => message.startsWith('SIP/2.0 200') && message.includes(' INVITE\r'),
    )!;
    const answers: string[] = [];
    wire.rewrite = undefined;
    let number = 100;
    const info = async (contentType: string, body: string): Promise<number> => {
      const sequence = (number += 1);
      wire.tell(
        'bob',
        [
          `INFO ${header('Contact', ok).replace(/^<|>.*$/g, '')} SIP/2.0`,
          `Via: SIP/2.0/WS wire.test;branch=z9hG4bK${sequence}`,
          `From: ${header('From', invite)}`,
          `To: ${header('To', ok)}`,
          `Call-ID: ${header('Call-ID', invite)}`,
          `CSeq: ${sequence} INFO`,
          'Max-Forwards: 70',
          `Content-Type: ${contentType}`,
          `Content-Length: ${new TextEncoder().encode(body).length}`,
          '',
          body,
        ].join('\r\n'),
      );
      const answered = (message: string): boolean =>
        message.startsWith('SIP/2.0') && message.includes(`CSeq: ${sequence} INFO`);
      await until(() => wire.messages.some(answered));
      answers.push(wire.messages.find(answered)!);
      return Number(answers.at(-1)!.slice(8, 11));
    };
    expect(await info('application/dtmf-relay', 'Signal=5\r\nDuration=2000\r\n')).to.equal(200);
    expect(await info('application/dtmf-relay', 'signal= d\nduration= 80')).to.equal(200);
    expect(await info('application/dtmf; charset=utf-8', '#')).to.equal(200);
    expect(told).to.deep.equal(['5 2000', 'D 80', '# 250']);
    expect(await info('application/dtmf-relay', 'Signal=<img src=x>\r\nDuration=160')).to.equal(400);
    expect(await info('application/dtmf-relay', '')).to.equal(400);
    expect(await info('application/dtmf', '55')).to.equal(400);
    expect(await info('text/html', '5')).to.equal(415);
    expect(answers.at(-1)).to.contain('Accept: application/dtmf-relay, application/dtmf');
    expect(told).to.have.length(3);
    expect(far.state.phase).to.equal('confirmed');
  });

  describe('in an early dialog', () => {
    let peer: RTCPeerConnection;
    let invited: Arrived | undefined;
    let informed: IncomingRequestMessage[];

    /** Answers an INVITE to `nobody` with 183 and the description of a real peer connection. */
    async function announce(telephoneEvents: boolean): Promise<void> {
      await begin();
      peer = new RTCPeerConnection();
      informed = [];
      invited = undefined;
      wire.handle = (arrived) => {
        if (arrived.request.method === 'INFO') {
          informed.push(arrived.request);
          arrived.reply(200);
          return true;
        }
        if (arrived.request.method !== 'INVITE') return false;
        invited = arrived;
        return true;
      };
      call = alice.agent.invite('bob', {audio: true, video: false});
      await until(() => invited !== undefined);
      await peer.setRemoteDescription({type: 'offer', sdp: invited!.request.body});
      const source = new AudioContext();
      const tone = new OscillatorNode(source, {frequency: 425});
      const sink = source.createMediaStreamDestination();
      tone.connect(sink);
      tone.start();
      peer.addTrack(sink.stream.getAudioTracks()[0]!, sink.stream);
      await peer.setLocalDescription();
      await until(() => peer.iceGatheringState === 'complete');
      respond(183, telephoneEvents);
      await becomes(call, ({media}) => media.audio === 'sendrecv');
      await hears(call);
      await source.close();
    }

    function respond(statusCode: number, telephoneEvents = true): void {
      let {sdp} = peer.localDescription!;
      if (!telephoneEvents) sdp = sdp.replace(/^a=(rtpmap|fmtp):\d+ telephone-event.*\r\n/gm, '');
      invited!.from.deliver(
        constructOutgoingResponse(invited!.request, {
          statusCode,
          toTag: 'early',
          extraHeaders: ['Contact: <sip:menu@wire.test>'],
          body: {contentDisposition: 'session', contentType: 'application/sdp', content: sdp},
        }).message,
      );
    }

    afterEach(() => peer.close());

    it('go as RTP events along with early media, which is heard; the call then goes on', async () => {
      await announce(true);
      expect(call.state.phase).to.equal('early');
      const far = {
        remoteStream: new MediaStream([peer.getReceivers()[0]!.track]),
        statistics: () => peer.getStats(),
      };
      await hears(far);
      await call.sendDtmf('12');
      expect(informed).to.deep.equal([]);
      respond(200);
      await reaches(call, 'confirmed');
      await call.sendDtmf('3');
      expect(informed).to.deep.equal([]);
      await hears(far);
    });

    it('go as INFO where RTP events are not negotiated', async () => {
      await announce(false);
      await call.sendDtmf('7');
      expect(informed.map(({body, toTag}) => [body, toTag])).to.deep.equal([
        ['Signal=7\r\nDuration=160\r\n', 'early'],
      ]);
    });
  });
});

describe('readTone', () => {
  for (const [type, body, tone] of [
    ['application/dtmf-relay', 'Signal=10\r\nDuration=160', '* 160'],
    ['application/dtmf-relay', 'Signal=15\r\nDuration=1', 'D 1'],
    ['application/dtmf-relay', 'Duration = 9999\r\nSignal = #', '# 9999'],
    ['application/dtmf', 'Signal=1\r\nDuration=100', '1 100'],
    ['APPLICATION/DTMF', ' c \r\n', 'C 250'],
    ['application/dtmf-relay', 'Signal=16\r\nDuration=160', ''],
    ['application/dtmf-relay', 'Signal=1 2\r\nDuration=160', ''],
    ['application/dtmf-relay', 'Signal=1\r\nDuration=0', ''],
    ['application/dtmf-relay', 'Signal=1\r\nDuration=10000', ''],
    ['application/dtmf-relay', 'Signal=1\r\nDuration=-5', ''],
    ['application/dtmf', '', ''],
    ['application/dtmf-relay', '5', ''],
  ] as const)
    it(`reads ${tone || 'nothing'} from ${JSON.stringify(body)} (${type})`, () => {
      const read = readTone(type, body);
      expect(read ? `${read.tone} ${read.duration}` : '').to.equal(tone);
    });

  for (const [what, body] of [
    ['empty lines', '\n'.repeat(100_000)],
    ['spaces', `Signal=${' '.repeat(100_000)}x y`],
  ] as const)
    it(`loses no time with a stranger's ${what}`, () => {
      const start = performance.now();
      expect(readTone('application/dtmf-relay', body)).to.equal(undefined);
      expect(performance.now() - start).to.be.below(1_000);
    });
});
