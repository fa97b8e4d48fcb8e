import {expect} from '@open-wc/testing';
import {SessionState, type UserAgent, type Invitation} from 'sip.js';
import type {MediaRequest} from '../../../src/core/server/dialog.js';
import {mediaLines} from '../../../src/media/peer/description.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {watchDevices, type Devices} from '../../support/in-page/devices.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, hears, reaches, received, sees, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {plainMedia, plainOffer, plainUser, WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

describe('SipDialog: the picture in a call', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let devices: Devices;
  let call: SipDialog;
  let far: SipDialog;
  /** The media requests that the far end got. */
  let requests: MediaRequest[];
  const agents: UserAgent[] = [];

  async function talk(video = false): Promise<void> {
    call = alice.agent.invite('bob', {audio: true, video});
    far = await bob.rings();
    requests = [];
    far.addEventListener('mediarequest', ({detail}) => requests.push(detail));
    await far.accept({audio: true, video});
    await reaches(call, 'confirmed');
  }

  /** The media lines of every offer or answer within the call, as `audio sendrecv,video recvonly`. */
  const described = (start: RegExp): string[] =>
    wire.messages
      .filter((message) => start.test(message) && message.includes('\r\nm='))
      .slice(1)
      .map((message) =>
        mediaLines(message.split('\r\n\r\n')[1]!)
          .map(({kind, direction, rejected}) => `${kind} ${rejected ? 'refused' : direction}`)
          .join(),
      );
  const offers = (): string[] => described(/^INVITE /);
  const answers = (): string[] => described(/^SIP\/2.0 200/);
  const pictures = (): (string | undefined)[] => [call.state.media.video, far.state.media.video];
  const cameras = (): MediaStreamTrack[] =>
    devices.opened.filter(({kind, readyState}) => kind === 'video' && readyState === 'live');

  beforeEach(async () => {
    shorten({glareUnit: 1});
    devices = watchDevices();
    wire = new Wire({alice: '', bob: '', carol: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
  });

  afterEach(async () => {
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
    await Promise.all(agents.splice(0).map((agent) => agent.stop()));
    devices.restore();
    expect(devices.opened.map(({readyState}) => readyState)).not.to.include('live');
  });

  it('is added, seen at the far end whose camera stays off, and taken away again, on one line', async () => {
    await talk();
    for (let round = 0; round < 2; round += 1) {
      await call.setMedia({video: true});
      expect(pictures()).to.deep.equal(['sendonly', 'recvonly']);
      expect(requests.map(({media}) => media)).to.deep.equal(Array(round + 1).fill('video'));
      expect(cameras()).to.have.length(1);
      expect(far.localStream!.getVideoTracks()).to.have.length(0);
      await Promise.all([sees(far), hears(far), hears(call)]);
      await call.setMedia({video: false});
      expect(cameras()).to.have.length(0);
      await becomes(far, ({media}) => media.video === 'inactive');
      expect(pictures()).to.deep.equal(['inactive', 'inactive']);
      expect(far.remoteStream!.getVideoTracks()).to.have.length(0);
    }
    expect(offers()).to.deep.equal(
      Array(2).fill(['audio sendrecv,video sendrecv', 'audio sendrecv,video inactive']).flat(),
    );
    await Promise.all([hears(call), hears(far)]);
  });

  it('goes both ways when the far end adds its own, who asks nobody', async () => {
    await talk();
    const asked: Event[] = [];
    call.addEventListener('mediarequest', (event) => asked.push(event));
    await call.setMedia({video: true});
    await far.setMedia({video: true});
    expect(pictures()).to.deep.equal(['sendrecv', 'sendrecv']);
    expect(asked).to.have.length(0);
    expect(offers()).to.deep.equal(['audio sendrecv,video sendrecv', 'audio sendrecv,video sendrecv']);
    await Promise.all([sees(call), sees(far)]);
    await far.setMedia({video: false});
    await becomes(call, ({media}) => media.video === 'inactive');
    expect(cameras()).to.have.length(0);
    await Promise.all([hears(call), hears(far)]);
  });

  it('is refused by the page, and the camera is off again', async () => {
    await talk();
    const refuse = (event: Event): void => event.preventDefault();
    far.addEventListener('mediarequest', refuse);
    for (let round = 0; round < 2; round += 1) {
      await rejects(call.setMedia({video: true}), 'media-refused');
      expect(cameras()).to.have.length(0);
      expect(pictures()).to.deep.equal(['inactive', 'inactive']);
    }
    expect(answers().slice(-2)).to.deep.equal(Array(2).fill('audio sendrecv,video inactive'));
    far.removeEventListener('mediarequest', refuse);
    await call.setMedia({video: true});
    expect(offers().at(-1)).to.equal('audio sendrecv,video sendrecv');
    await Promise.all([sees(far), hears(far), hears(call)]);
  });

  it('is refused again where it was there before', async () => {
    await talk();
    await call.setMedia({video: true});
    await call.setMedia({video: false});
    far.addEventListener('mediarequest', (event) => event.preventDefault(), {once: true});
    await rejects(call.setMedia({video: true}), 'media-refused');
    await call.setMedia({video: true});
    expect(offers().at(-1)).to.equal('audio sendrecv,video sendrecv');
    await sees(far);
  });

  it('may be taken away at any moment in which the call ends', async () => {
    const unhandled: unknown[] = [];
    const note = ({reason}: PromiseRejectionEvent): void => void unhandled.push(reason);
    window.addEventListener('unhandledrejection', note);
    try {
      for (let steps = 0; steps < 12; steps += 1) {
        await talk(true);
        const change = rejects(call.setMedia({video: false}), 'aborted');
        for (let step = 0; step < steps; step += 1) await Promise.resolve();
        await call.hangup();
        await change;
        await reaches(far, 'terminated');
      }
    } finally {
      window.removeEventListener('unhandledrejection', note);
    }
    expect(unhandled).to.deep.equal([]);
  });

  it('waits for a person’s answer, and takes it with the own camera where that is the answer', async () => {
    await talk();
    let answer!: (response: 'camera') => void;
    far.addEventListener('mediarequest', ({detail}) =>
      detail.respondWith(new Promise((resolve) => (answer = resolve))),
    );
    const adding = call.setMedia({video: true});
    await until(() => requests.length > 0);
    expect(call.state.media.video).to.equal('inactive');
    answer('camera');
    await adding;
    expect(pictures()).to.deep.equal(['sendrecv', 'sendrecv']);
    await Promise.all([sees(call), sees(far)]);
  });

  it('is refused by a later answer, and by one that fails', async () => {
    await talk();
    for (const respond of [async () => false, async () => Promise.reject(new Error('no'))]) {
      far.addEventListener('mediarequest', ({detail}) => detail.respondWith(respond()), {once: true});
      await rejects(call.setMedia({video: true}), 'media-refused');
    }
    expect(cameras()).to.have.length(0);
  });

  it('is taken where the one who is asked adds a picture too', async () => {
    await talk();
    far.addEventListener('mediarequest', ({detail}) => detail.respondWith(new Promise(() => {})));
    const adding = call.setMedia({video: true});
    await until(() => requests.length > 0);
    await Promise.all([far.setMedia({video: true}), adding]);
    expect(pictures()).to.deep.equal(['sendrecv', 'sendrecv']);
    await Promise.all([sees(call), sees(far)]);
  });

  it('lets the one who is asked hold meanwhile, and hang up', async () => {
    await talk();
    far.addEventListener('mediarequest', ({detail}) => detail.respondWith(new Promise(() => {})));
    const adding = rejects(call.setMedia({video: true}), 'aborted');
    await until(() => requests.length > 0);
    const held = rejects(far.setHeld(true), 'aborted');
    expect(far.remoteStream!.getTracks().map(({enabled}) => enabled)).to.deep.equal([false]);
    await far.hangup();
    await Promise.all([adding, held, reaches(call, 'terminated')]);
  });

  it('is asked for neither by holding nor by new ways', async () => {
    await talk();
    await call.setMedia({video: true});
    await call.setHeld(true);
    await call.setHeld(false);
    window.dispatchEvent(new Event('online'));
    wire.cut('alice');
    await becomes(call, ({health}) => health === 'restored');
    expect(requests).to.have.length(1);
    await sees(far);
  });

  it('needs a camera, without which nothing is asked', async () => {
    await talk();
    devices.camera = 'NotFoundError';
    await rejects(call.setMedia({video: true}), 'camera-missing');
    expect(offers()).to.deep.equal([]);
  });

  it('is refused where the other side refuses the whole offer', async () => {
    await talk();
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE') return false;
      reply(488);
      return true;
    };
    await rejects(call.setMedia({video: true}), 'media-refused');
    wire.handle = undefined;
    expect(cameras()).to.have.length(0);
    await call.setHeld(true);
    await call.setHeld(false);
    expect(offers().at(-1)).to.equal('audio sendrecv');
    await far.setMedia({video: true});
    await sees(call);
    await call.setMedia({video: true});
    expect(offers().slice(-2)).to.deep.equal(Array(2).fill('audio sendrecv,video sendrecv'));
    await sees(far);
  });

  it('stays off where the offer gets lost with the connection', async () => {
    await talk();
    wire.handle = ({request}) => {
      if (request.method !== 'INVITE') return false;
      wire.handle = undefined;
      wire.cut('alice');
      return true;
    };
    await rejects(call.setMedia({video: true}), 'connection-lost');
    expect(cameras()).to.have.length(0);
    expect(pictures()).to.deep.equal(['inactive', 'inactive']);
    await Promise.all([hears(call), hears(far)]);
  });

  it('is refused where the other side refuses its line alone', async () => {
    await talk();
    wire.rewrite = (body, message) =>
      message.startsWith('SIP/2.0 200')
        ? body.replace(/^(a=group:BUNDLE \S+).*$/m, '$1').replace(/^m=video \d+/m, 'm=video 0')
        : body;
    await rejects(call.setMedia({video: true}), 'media-refused');
    wire.rewrite = undefined;
    expect(cameras()).to.have.length(0);
    expect(call.state.media.video).to.equal('inactive');
    await hears(far);
  });

  it('is one line with both pictures where both add theirs at once', async () => {
    await talk();
    await Promise.all([call.setMedia({video: true}), far.setMedia({video: true})]);
    await Promise.all([call, far].map((one) => becomes(one, ({media}) => media.video === 'sendrecv')));
    expect(offers().at(-1)).to.equal('audio sendrecv,video sendrecv');
    await Promise.all([sees(call), sees(far)]);
    await Promise.all([call.setMedia({video: false}), far.setMedia({video: false})]);
    await Promise.all([call, far].map((one) => becomes(one, ({media}) => media.video === 'inactive')));
    expect(cameras()).to.have.length(0);
  });

  it('can be added while the call is held, and is seen when it goes on', async () => {
    await talk();
    await call.setHeld(true);
    await call.setMedia({video: true});
    const {frames} = await received(far);
    expect(frames).to.equal(0);
    await call.setHeld(false);
    await sees(far);
    await far.setHeld(true);
    await call.setMedia({video: false});
    await call.setMedia({video: true});
    await far.setHeld(false);
    await sees(far);
    expect(pictures()).to.deep.equal(['sendonly', 'recvonly']);
  });

  it('is stopped, with a warning, if the callee answers with sound alone, until it is added again', async () => {
    call = alice.agent.invite('bob', {audio: true, video: true});
    far = await bob.rings();
    await far.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    expect(cameras()).to.have.length(0);
    expect(call.state).to.deep.include({
      media: {audio: 'sendrecv', video: 'inactive'},
      warning: 'media-refused',
    });
    expect(far.state.warning).to.equal(undefined);
    await call.setMedia({video: true});
    await sees(far);
    expect([call.state.warning, far.state.warning]).to.deep.equal([undefined, undefined]);
  });

  it('is stopped where the one who is called is only seen, as a door is', async () => {
    wire.rewrite = (body, message) =>
      message.startsWith('SIP/2.0 200')
        ? body.replace(/^m=video[^]*/m, (line) => line.replace('a=sendrecv', 'a=sendonly'))
        : body;
    await talk(true);
    expect(cameras().map(({id}) => id)).to.deep.equal(far.localStream!.getVideoTracks().map(({id}) => id));
    expect(call.state.media).to.deep.equal({audio: 'sendrecv', video: 'recvonly'});
    await Promise.all([sees(call), hears(far)]);
  });

  it('takes the sound away and brings it back', async () => {
    await talk(true);
    await call.setMedia({audio: false});
    expect(call.state.media).to.deep.equal({audio: 'inactive', video: 'sendrecv'});
    expect(call.localStream!.getAudioTracks()).to.have.length(0);
    await sees(far);
    await call.setMedia({audio: true});
    await Promise.all([hears(far), hears(call)]);
    await rejects(call.setMedia({audio: false, video: false}), 'invalid-state');
  });

  it('is added and taken away with another implementation, either side first', async () => {
    const invitations: Invitation[] = [];
    agents.push(await plainUser(wire, 'carol', (invitation) => invitations.push(invitation)));
    call = alice.agent.invite('carol', {audio: true, video: false});
    await until(() => invitations.length > 0);
    const session = invitations[0]!;
    await session.accept({
      sessionDescriptionHandlerOptions: {constraints: {audio: true, video: false}} as object,
    });
    await until(() => session.state === SessionState.Established);
    await reaches(call, 'confirmed');
    const other = plainMedia(session);
    await Promise.all([hears(call), hears(other)]);
    await call.setMedia({video: true});
    await sees(other);
    await call.setMedia({video: false});
    expect(other.connection.getTransceivers()).to.have.length(2);
    const asked: Event[] = [];
    call.addEventListener('mediarequest', (event) => asked.push(event));
    const constraints = {audio: true, video: true};
    expect(await plainOffer(session, {constraints})).to.equal(200);
    expect(asked).to.have.length(1);
    expect(call.state.media.video).to.equal('recvonly');
    await sees(call);
  });
});
