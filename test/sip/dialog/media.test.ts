import {expect} from '@open-wc/testing';
import {Inviter, SessionState, UserAgent, type Invitation} from 'sip.js';
import {mediaLines} from '../../../src/media/peer/description.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {watchDevices, type Devices} from '../../support/in-page/devices.js';
import {
  becomes,
  hears,
  listens,
  reaches,
  received,
  sees,
  settles,
  until,
} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {plainMedia, plainOffer, plainUser, WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

/** Longer than between two frames, and between two beeps of the browser's microphone, which beeps twice a second. */
const [FRAMES, BEEPS] = [500, 1_100];

describe('SipDialog: media', () => {
  let wire: Wire;
  let alice: WireUser;
  let devices: Devices;
  const agents: UserAgent[] = [];

  /** Bob, who is sip.js as it comes, calls Alice; she answers. */
  async function called(
    video = false,
    wanted = {audio: true, video},
    microphone?: string,
  ): Promise<{dialog: SipDialog; session: Inviter}> {
    const bob = await plainUser(wire, 'bob');
    agents.push(bob);
    const session = new Inviter(bob, UserAgent.makeURI('sip:alice@wire.test')!, {
      sessionDescriptionHandlerOptions: {constraints: {audio: true, video}} as object,
    });
    await session.invite();
    const dialog = await alice.rings();
    // Bob has opened his.
    if (microphone) devices.microphone = microphone;
    await dialog.accept(wanted);
    await until(() => session.state === SessionState.Established);
    return {dialog, session};
  }

  beforeEach(async () => {
    devices = watchDevices();
    wire = new Wire({alice: '', bob: ''});
    alice = await new WireUser(wire, {user: 'alice'}).begin();
  });

  afterEach(async () => {
    await alice.agent.disconnect();
    await Promise.all(agents.splice(0).map((agent) => agent.stop()));
    devices.restore();
    expect(devices.opened.map(({readyState}) => readyState)).not.to.include('live');
  });

  /** The lines of Alice's last offer or answer. */
  function lastDescription(start: RegExp): string {
    return wire.messages
      .findLast((text) => start.test(text) && text.includes('\r\nm='))!
      .split('\r\n\r\n')[1]!;
  }

  it('is heard and seen by another implementation', async () => {
    const {dialog, session} = await called(true);
    const far = plainMedia(session);
    await Promise.all([hears(dialog), sees(dialog), hears(far), sees(far)]);
  });

  it('sends an offer with the candidates of the device, without waiting for all', async () => {
    const watched = watchConnections(endsNoGathering);
    const call = alice.agent.invite('bob', {audio: true, video: true});
    await reaches(call, 'terminated');
    watched.restore();
    const offer = lastDescription(/^INVITE/);
    expect(offer).to.match(/^a=candidate:\S+ 1 udp .* typ host/im);
    for (const section of offer.split(/^(?=m=)/m).slice(1)) expect(section).to.include('a=candidate:');
  });

  it('does not wait twice for a STUN server that is silent', async () => {
    const timings: number[] = [];
    const carol = new WireUser(wire, {
      user: 'alice',
      iceServers: [{urls: 'stun:127.0.0.1:65001'}],
      timeouts: {iceGathering: 2_000},
    });
    await carol.agent.connect();
    for (let count = 0; count < 2; count++) {
      const began = performance.now();
      const call = carol.agent.invite('bob', {audio: true, video: false});
      await reaches(call, 'terminated');
      timings.push(performance.now() - began);
    }
    await carol.agent.disconnect();
    expect(timings[1]!).to.be.below(timings[0]!);
    expect(lastDescription(/^INVITE/)).to.include('a=candidate:');
  });

  for (const direction of ['sendonly', 'inactive'] as const) {
    it(`is silent while it is held by ${direction}, and heard again afterwards`, async () => {
      const {dialog, session} = await called(true);
      const far = plainMedia(session);
      await Promise.all([hears(far), sees(far)]);
      for (const transceiver of far.connection.getTransceivers()) transceiver.direction = direction;
      expect(await plainOffer(session, {hold: true})).to.equal(200);
      await becomes(dialog, ({remoteHeld}) => remoteHeld);
      const ours = direction === 'sendonly' ? 'recvonly' : 'inactive';
      const answered = mediaLines(lastDescription(/^SIP\/2.0 200/)).map((line) => line.direction);
      expect(answered).to.deep.equal([ours, ours]);
      await listens(far, () => settles(async () => (await received(far)).energy, BEEPS));
      await settles(async () => (await received(far)).frames, FRAMES);
      for (const transceiver of far.connection.getTransceivers()) transceiver.direction = 'sendrecv';
      expect(await plainOffer(session, {hold: false})).to.equal(200);
      await becomes(dialog, ({remoteHeld}) => !remoteHeld);
      await Promise.all([hears(far), hears(dialog), sees(far), sees(dialog)]);
    });
  }

  it('is seen again after music on hold, which goes both ways while the picture goes one way', async () => {
    const {dialog, session} = await called(true);
    const far = plainMedia(session);
    await sees(far);
    const camera = dialog.localStream!.getVideoTracks()[0]!;
    const directions = (): string[] =>
      mediaLines(lastDescription(/^SIP\/2.0 200/)).map(({direction}) => direction);
    const showsItself = (body: string, message: string): string =>
      /^INVITE [^]*\nFrom: .*sip:bob@/.test(message)
        ? body.replace(/^m=video[^]*/m, (line) => line.replace('a=sendrecv', 'a=sendonly'))
        : body;
    wire.rewrite = showsItself;
    expect(await plainOffer(session, {})).to.equal(200);
    expect(directions()).to.deep.equal(['sendrecv', 'recvonly']);
    await settles(async () => (await received(far)).frames, FRAMES);
    wire.rewrite = undefined;
    expect(await plainOffer(session, {})).to.equal(200);
    expect(directions()).to.deep.equal(['sendrecv', 'sendrecv']);
    expect(camera.readyState, 'it was not closed').to.equal('live');
    await sees(far);
    // If no one undoes this, as after a transfer, the user can.
    wire.rewrite = showsItself;
    expect(await plainOffer(session, {})).to.equal(200);
    expect(dialog.state.media.video).to.equal('recvonly');
    await dialog.setMedia({video: true});
    expect(dialog.state.media.video).to.equal('sendrecv');
    await sees(far);
  });

  it('is not held by a call that never went both ways', async () => {
    wire.rewrite = (body, message) =>
      message.startsWith('INVITE') ? body.replaceAll('a=sendrecv', 'a=sendonly') : body;
    const opened = devices.opened.length;
    const {dialog, session} = await called();
    expect(dialog.state.remoteHeld).to.equal(false);
    expect(dialog.state.media.audio).to.equal('recvonly');
    // Only the far end's own microphone is open.
    expect(devices.opened.length - opened).to.equal(1);
    expect(await plainOffer(session, {})).to.equal(200);
    expect(dialog.state.remoteHeld).to.equal(false);
    await hears(dialog);
  });

  it('receives a picture that the far end adds, and opens no camera for it', async () => {
    const {dialog, session} = await called();
    const opened = devices.opened.length;
    expect(await plainOffer(session, {constraints: {audio: true, video: true}})).to.equal(200);
    await becomes(dialog, ({media}) => media.video === 'recvonly');
    expect(dialog.remoteStream!.getVideoTracks()).to.have.length(1);
    // The far end's own microphone.
    expect(devices.opened.slice(opened).filter(({kind}) => kind === 'video')).to.have.length(1);
    await sees(dialog);
    expect(dialog.localStream!.getVideoTracks()).to.have.length(0);
  });

  it('keeps several tracks of a kind apart, and answers every line', async () => {
    const {dialog, session} = await called(true);
    const far = plainMedia(session);
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')!.fillRect(0, 0, 10, 10);
    far.connection.addTransceiver(canvas.captureStream().getVideoTracks()[0]!, {direction: 'sendonly'});
    far.connection.createDataChannel('more');
    expect(await plainOffer(session, {})).to.equal(200);
    await until(() => dialog.remoteTracks.size === 3);
    const lines = mediaLines(lastDescription(/^SIP\/2.0 200/));
    expect(lines.map(({kind}) => kind)).to.deep.equal(['audio', 'video', 'video', 'application']);
    expect(new Set(dialog.remoteTracks.keys()).size).to.equal(3);
    const pictures = dialog.remotePictures;
    expect(pictures.map(({stream}) => stream.getTracks())).to.deep.equal(
      dialog.remoteStream!.getVideoTracks().map((track) => [track]),
    );
    expect(new Set(pictures.map(({id}) => id)).size).to.equal(2);
    expect(await plainOffer(session, {})).to.equal(200);
    expect(dialog.remotePictures, 'their streams stay').to.deep.equal(pictures);
    expect(dialog.remotePictures[0]!.stream).to.equal(pictures[0]!.stream);
  });

  it('sends silence while it is muted, at once and without a word', async () => {
    const {dialog, session} = await called();
    const far = plainMedia(session);
    await hears(far);
    const messages = wire.messages.length;
    await dialog.setMuted(true);
    expect(dialog.state.muted).to.equal(true);
    await listens(far, () => settles(async () => (await received(far)).energy, BEEPS));
    expect(dialog.localStream!.getAudioTracks()[0]!.readyState).to.equal('live');
    await dialog.setMuted(false);
    await hears(far);
    expect(wire.messages.slice(messages)).to.deep.equal([]);
  });

  it('sends black while the camera is off, whose device stops', async () => {
    const {dialog, session} = await called(true);
    const far = plainMedia(session);
    await sees(far);
    const messages = wire.messages.length;
    const camera = dialog.localStream!.getVideoTracks()[0]!;
    await dialog.setCameraOff(true);
    expect(camera.readyState).to.equal('ended');
    expect(dialog.state.cameraOff).to.equal(true);
    expect(dialog.localStream!.getVideoTracks()).to.have.length(0);
    await sees(far);
    await until(async () => (await brightness(far.remoteStream!)) < 20);
    await dialog.setCameraOff(false);
    expect(dialog.localStream!.getVideoTracks()).to.have.length(1);
    await until(async () => (await brightness(far.remoteStream!)) > 40);
    expect(wire.messages.slice(messages)).to.deep.equal([]);
  });

  it('stays black where the camera cannot be had again', async () => {
    const {dialog} = await called(true);
    await dialog.setCameraOff(true);
    devices.camera = 'NotReadableError';
    await rejects(dialog.setCameraOff(false), 'camera-busy');
    expect(dialog.state.cameraOff).to.equal(true);
  });

  it('has no camera to turn off in a call without a picture', async () => {
    const {dialog} = await called();
    await rejects(dialog.setCameraOff(true), 'invalid-state');
  });

  for (const [name, code] of [
    ['NotAllowedError', 'microphone-refused'],
    ['NotFoundError', 'microphone-missing'],
    ['NotReadableError', 'microphone-busy'],
  ] as const) {
    it(`only receives after ${name} of the microphone`, async () => {
      const bob = new WireUser(wire, {user: 'bob'});
      await bob.begin();
      const prepared = await bob.agent.prepare({audio: true, video: false});
      devices.microphone = name;
      const call = alice.agent.invite('bob', {audio: true, video: false});
      const ringing = await bob.rings();
      await ringing.accept({audio: true, video: false, prepared});
      await reaches(call, 'confirmed');
      expect(call.state.warning).to.equal(code);
      expect(call.state.media.audio).to.equal('recvonly');
      await hears(call);
      await bob.agent.disconnect();
    });
  }

  it('is heard once a microphone can be opened that was refused before', async () => {
    const {dialog, session} = await called(false, undefined, 'NotAllowedError');
    await rejects(dialog.openMicrophone(), 'microphone-refused');
    expect(dialog.state.media.audio).to.equal('recvonly');
    delete devices.microphone;
    await dialog.openMicrophone();
    await hears(plainMedia(session));
    expect([dialog.state.warning, dialog.state.media.audio]).to.deep.equal([undefined, 'sendrecv']);
  });

  it('sends sound alone where there is no camera', async () => {
    devices.camera = 'NotFoundError';
    const {dialog, session} = await called(false);
    expect(dialog.state.warning).to.equal(undefined);
    await session.bye();
    await reaches(dialog, 'terminated');
    const call = alice.agent.invite('bob', {audio: true, video: true});
    await reaches(call, 'early');
    expect(call.state.warning).to.equal('camera-missing');
    await call.hangup();
    const offered = mediaLines(lastDescription(/^INVITE/)).map(({kind, direction}) => `${kind} ${direction}`);
    expect(offered).to.deep.equal(['audio sendrecv', 'video recvonly']);
  });

  it('closes a device that opens after the call is over', async () => {
    const bob = await new WireUser(wire, {user: 'bob'}).begin();
    const call = bob.agent.invite('alice', {audio: true, video: false});
    const ringing = await alice.rings();
    const accepting = rejects(ringing.accept({audio: true, video: false}), 'invalid-state');
    await call.hangup();
    await accepting;
    await bob.agent.disconnect();
  });

  it('closes its peer connection and leaves nothing to sip.js', async () => {
    const watched = watchConnections();
    const bob = await new WireUser(wire, {user: 'bob'}).begin();
    const call = alice.agent.invite('bob', {audio: true, video: true});
    await (await bob.rings()).accept({audio: true, video: true});
    await reaches(call, 'confirmed');
    watched.restore();
    expect(watched.connections).to.have.length(2);
    await call.hangup();
    await bob.agent.disconnect();
    await until(() => watched.connections.every(({signalingState}) => signalingState === 'closed'));
  });

  it('takes tones, and refuses what it does not know without ending', async () => {
    const {dialog, session} = await called();
    const info = (contentType: string, content: string): Promise<number> =>
      new Promise((resolve) => {
        void session.info({
          requestDelegate: {
            onAccept: ({message}) => resolve(message.statusCode!),
            onReject: ({message}) => resolve(message.statusCode!),
          },
          requestOptions: {body: {contentDisposition: 'render', contentType, content}},
        });
      });
    expect(await info('application/dtmf-relay', 'Signal=5\r\nDuration=160')).to.equal(200);
    expect(await info('application/other', 'x')).to.equal(415);
    expect(dialog.state.phase).to.equal('confirmed');
  });

  it('follows no REFER that the page prevents', async () => {
    const {dialog, session} = await called();
    dialog.addEventListener('transferrequest', (event) => event.preventDefault());
    const status = await new Promise((resolve) => {
      void session.refer(UserAgent.makeURI('sip:evil@wire.test')!, {
        requestDelegate: {
          onAccept: ({message}) => resolve(message.statusCode),
          onReject: ({message}) => resolve(message.statusCode),
        },
      });
    });
    expect(status).to.equal(603);
  });

  it('calls another implementation', async () => {
    const invitations: Invitation[] = [];
    agents.push(await plainUser(wire, 'bob', (invitation) => invitations.push(invitation)));
    const call = alice.agent.invite('bob', {audio: true, video: true});
    await until(() => invitations.length > 0);
    await invitations[0]!.accept({
      sessionDescriptionHandlerOptions: {constraints: {audio: true, video: true}} as object,
    });
    await reaches(call, 'confirmed');
    const far = plainMedia(invitations[0]!);
    await Promise.all([hears(call), sees(call), hears(far), sees(far)]);
  });
});

/**
 * Records the peer connections that are created, until it stops.
 *
 * @param change - Changes a connection before the product gets it.
 */
function watchConnections(change?: (connection: RTCPeerConnection) => void): {
  readonly connections: RTCPeerConnection[];
  restore(): void;
} {
  const connections: RTCPeerConnection[] = [];
  const Original = RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...given: ConstructorParameters<typeof Original>) {
      super(...given);
      connections.push(this);
      change?.(this);
    }
  };
  return {
    connections,
    restore() {
      window.RTCPeerConnection = Original;
    },
  };
}

/** Conceals the end of gathering: Chromium gathers over TCP after the candidates of the device, for some time or none. */
function endsNoGathering(connection: RTCPeerConnection): void {
  connection.addEventListener('icecandidate', (event) => {
    if (!event.candidate) event.stopImmediatePropagation();
  });
  connection.addEventListener('icegatheringstatechange', (event) => event.stopImmediatePropagation());
}

/** The brightest sample of the picture, 0–255. */
async function brightness(stream: MediaStream): Promise<number> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream(stream.getVideoTracks());
  await video.play();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 16;
  const context = canvas.getContext('2d', {willReadFrequently: true})!;
  context.drawImage(video, 0, 0, 16, 16);
  video.srcObject = null;
  const {data} = context.getImageData(0, 0, 16, 16);
  return Math.max(...data.filter((_, index) => index % 4 !== 3));
}
