import {expect} from '@open-wc/testing';
import type {CallElements} from '../../../src/core/types.js';
import type {Playing} from '../../../src/core/call/call-playback.js';
import {pageDevices} from '../../../src/core/devices/devices.js';
import type {PlayerKind} from '../../../src/core/sound/player-order.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';
import {picture, sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('SipCall.attach', () => {
  let client: StagedClient;
  const video = (): HTMLVideoElement => document.createElement('video');
  const audio = (): HTMLAudioElement => document.createElement('audio');
  const tracksOf = (element: HTMLMediaElement): MediaStreamTrack[] =>
    (element.srcObject as MediaStream | null)?.getTracks() ?? [];

  beforeEach(async () => {
    client = await StagedClient.ready();
  });
  afterEach(() => client.disconnect());

  interface Played extends Staged {
    readonly voice: MediaStreamTrack;
    readonly face: MediaStreamTrack;
    readonly own: MediaStreamTrack;
  }

  function answered(): Played {
    const staged = client.dial('video');
    const [voice, face, own] = [sound(), picture(), picture('brown')];
    staged.dialog.confirm(true);
    staged.dialog.play(new MediaStream([voice, face]), new MediaStream([sound(), own]));
    return {...staged, voice, face, own};
  }

  it('plays each in its element, and lets all go at the end', async () => {
    const {call, dialog, voice, face, own} = answered();
    const [localVideo, remoteVideo, remoteAudio] = [video(), video(), audio()];
    call.attach({localVideo, remoteVideo, remoteAudio});
    const all = [localVideo, remoteVideo, remoteAudio];
    await until(() => all.every((element) => !element.paused));
    expect(all.map(tracksOf)).to.deep.equal([[own], [face], [voice]]);
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    expect(all.map(({srcObject}) => srcObject)).to.deep.equal([null, null, null]);
    call.attach({remoteVideo});
    expect(remoteVideo.srcObject).to.equal(null);
  });

  it('begins when there is something to play, and follows what there is', async () => {
    const {call, dialog} = client.dial('video');
    const remoteVideo = video();
    call.attach({remoteVideo, localVideo: null});
    dialog.confirm(true);
    const [voice, face, other] = [sound(), picture(), picture()];
    dialog.play(new MediaStream([voice]));
    await until(() => !remoteVideo.paused);
    expect(tracksOf(remoteVideo)).to.deep.equal([voice]);
    dialog.play(new MediaStream([voice, face]));
    expect(tracksOf(remoteVideo)).to.deep.equal([voice, face]);
    dialog.play(new MediaStream([voice, other]));
    expect(tracksOf(remoteVideo)).to.deep.equal([voice, other]);
    await until(() => !remoteVideo.paused);
  });

  it('plays both in one element that is given for both', async () => {
    const {call, voice, face} = answered();
    const both = video();
    call.attach({remoteVideo: both, remoteAudio: both});
    await until(() => !both.paused);
    expect(tracksOf(both)).to.deep.equal([voice, face]);
  });

  it('takes the elements of the last time alone, until it is detached', async () => {
    const {call, face, voice} = answered();
    const [first, second, sounds] = [video(), video(), audio()];
    call.attach({remoteVideo: first, remoteAudio: sounds});
    await until(() => !first.paused);
    call.attach({remoteVideo: second, remoteAudio: sounds});
    expect(first.srcObject).to.equal(null);
    expect([second, sounds].map(tracksOf)).to.deep.equal([[face], [voice]]);
    call.detach();
    call.detach();
    expect([second.srcObject, sounds.srcObject]).to.deep.equal([null, null]);
  });

  it('plays in an element of ours where none is given, as long as nothing else plays the sound', async () => {
    const made: HTMLAudioElement[] = [];
    const {Audio} = window;
    window.Audio = function (): HTMLAudioElement {
      made.push(new Audio());
      return made.at(-1)!;
    } as unknown as typeof Audio;
    try {
      const {call, voice} = answered();
      call.attach({localVideo: video()});
      await until(() => made.length === 1 && !made[0]!.paused);
      expect(tracksOf(made[0]!)).to.deep.equal([voice]);
      const ours = audio();
      const playing = call.playIn([{element: ours, of: 'remote', kinds: ['audio']}]);
      expect([tracksOf(made[0]!), tracksOf(ours)]).to.deep.equal([[], [voice]]);
      playing.end();
      expect([tracksOf(made[0]!), tracksOf(ours)]).to.deep.equal([[voice], []]);
      call.detach();
      expect(made[0]!.srcObject).to.equal(null);
    } finally {
      window.Audio = Audio;
    }
  });

  it('plays the sound in exactly one element, by what it belongs to, and in the next one when that ends', async () => {
    const {call, voice, face} = answered();
    const page = video();
    const elements: Record<string, HTMLMediaElement> = {page};
    const isHeard = async (wanted: string): Promise<void> => {
      const heard = (): string[] =>
        Object.keys(elements).filter((name) => tracksOf(elements[name]!).includes(voice));
      await until(() => heard().length > 0);
      expect(heard()).to.deep.equal([wanted]);
    };
    const play = (name: string, player?: () => PlayerKind): Playing =>
      call.playIn([{element: (elements[name] = audio()), of: 'remote', kinds: ['audio'], player}]);
    const own = play('own', () => 'own');
    await isHeard('own');
    let silenced = true;
    const silent = play('silent', () => (silenced ? 'silent' : 'special'));
    await isHeard('silent');
    const first = play('first');
    const second = play('second');
    await isHeard('first');
    silenced = false;
    silent.refresh();
    await isHeard('silent');
    silenced = true;
    silent.refresh();
    await isHeard('first');
    const special = play('special', () => 'special');
    await isHeard('special');
    call.attach({remoteVideo: page});
    await isHeard('page');
    // Another owner takes the page's element, and leaves it.
    page.srcObject = new MediaStream([sound()]);
    await isHeard('special');
    page.srcObject = null;
    await until(() => tracksOf(page).length > 0);
    expect(tracksOf(page)).to.deep.equal([voice, face]);
    await isHeard('page');
    call.detach();
    await isHeard('special');
    special.end();
    await isHeard('first');
    first.end();
    await isHeard('second');
    second.end();
    await isHeard('silent');
    silent.end();
    await isHeard('own');
    own.end();
    expect(Object.values(elements).flatMap(tracksOf)).to.deep.equal([]);
  });

  it('leaves an element to the call that plays in it by now, and takes it again afterwards', async () => {
    const first = answered();
    const remoteVideo = video();
    first.call.attach({remoteVideo});
    await until(() => !remoteVideo.paused);
    const second = answered();
    second.call.attach({remoteVideo});
    await until(() => tracksOf(remoteVideo).includes(second.voice));
    first.dialog.set({remoteHeld: true});
    expect(tracksOf(remoteVideo)).to.deep.equal([second.voice, second.face]);
    await second.call.hangup();
    expect(remoteVideo.srcObject).to.equal(null);
    first.dialog.set({remoteHeld: false});
    expect(tracksOf(remoteVideo)).to.deep.equal([first.voice, first.face]);
    const third = answered();
    third.call.attach({remoteVideo});
    await until(() => tracksOf(remoteVideo).includes(third.voice));
    await first.call.hangup();
    expect(tracksOf(remoteVideo)).to.deep.equal([third.voice, third.face]);
  });

  it('leaves the volume of an element to the call that plays in it by now', async () => {
    const first = answered();
    const remoteVideo = video();
    first.call.attach({remoteVideo});
    await first.call.setVolume(0.2);
    await until(() => remoteVideo.volume < 0.5);
    const second = answered();
    await second.call.setVolume(1);
    second.call.attach({remoteVideo});
    await until(() => tracksOf(remoteVideo).includes(second.voice));
    expect(remoteVideo.volume).to.equal(1);
    await first.call.setVolume(0.1);
    await first.call.silence();
    expect(remoteVideo.volume).to.equal(1);
    await first.call.hangup();
    expect(remoteVideo.volume).to.equal(1);
  });

  it('plays on the chosen speaker', async () => {
    const staged = new StagedDevices([{kind: 'output', id: 'desk', label: 'Desk'}]);
    const remoteAudio = audio();
    const sinks: string[] = [];
    remoteAudio.setSinkId = async (id) => void sinks.push(id);
    try {
      const {call} = answered();
      call.attach({remoteAudio});
      await pageDevices().list();
      await pageDevices().select('speaker', 'desk');
      await until(() => sinks.includes('desk'));
      await pageDevices().select('speaker', '');
      call.detach();
    } finally {
      staged.restore();
    }
  });

  it('says where the browser refuses the sound, which comes at the first gesture', async () => {
    const {play} = HTMLMediaElement.prototype;
    let refuses = true;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      return refuses ? Promise.reject(new DOMException('no gesture', 'NotAllowedError')) : play.call(this);
    };
    try {
      const {call} = answered();
      const remoteAudio = audio();
      call.attach({remoteAudio});
      await becomes(call, ({soundBlocked}) => soundBlocked);
      document.body.click();
      expect(call.state.soundBlocked).to.equal(true);
      refuses = false;
      document.body.click();
      await becomes(call, ({soundBlocked}) => !soundBlocked);
      expect(remoteAudio.paused).to.equal(false);
      refuses = true;
      call.attach({remoteAudio: audio()});
      await becomes(call, ({soundBlocked}) => soundBlocked);
      call.detach();
      expect(call.state.soundBlocked).to.equal(false);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });

  it('plays what it can in an audio element that was given for a picture', async () => {
    const {call} = answered();
    const [local, remote, sounds] = [audio(), audio(), audio()];
    call.attach({localVideo: local as never, remoteVideo: remote as never});
    await until(() => remote.srcObject instanceof MediaStream);
    const kinds = ({srcObject}: HTMLMediaElement): string[] | undefined =>
      (srcObject as MediaStream | null)?.getTracks().map(({kind}) => kind);
    expect([kinds(local), kinds(remote)]).to.deep.equal([undefined, ['audio']]);
    call.attach({remoteVideo: remote as never, remoteAudio: sounds});
    await until(() => sounds.srcObject instanceof MediaStream);
    expect([kinds(remote), kinds(sounds)]).to.deep.equal([undefined, ['audio']]);
  });

  for (const [name, elements] of [
    ['nothing', undefined],
    ['a text', '#video'],
    ['a div', {localVideo: document.createElement('div')}],
    ['an id', {remoteAudio: 'audio'}],
  ] as const)
    it(`refuses ${name}, and goes on with what it has`, () => {
      const {call, own} = answered();
      const localVideo = video();
      call.attach({localVideo});
      expect(() => call.attach(elements as unknown as CallElements))
        .to.throw()
        .with.property('code', 'bad-parameter');
      call.detach();
      expect(own.readyState).to.equal('live');
    });
});
