import {expect} from '@open-wc/testing';
import {mediaDurations} from '../../../src/durations/media.js';
import {ReceivedLevel} from '../../../src/media/peer/received-level.js';
import {until} from '../../support/in-page/facts.js';

/** The root mean square of a tone of half the full amplitude. */
const HALF = 0.5 / Math.SQRT2;

describe('the level of what arrives', () => {
  const {levelUnasked} = mediaDurations;
  const contexts = (): number => made.filter(({state}) => state !== 'closed').length;
  const made: AudioContext[] = [];
  const {AudioContext: Context} = window;
  let ends: (() => void)[] = [];

  before(() => {
    window.AudioContext = class extends Context {
      constructor() {
        super();
        made.push(this);
      }
    };
  });
  after(() => void (window.AudioContext = Context));
  afterEach(() => {
    mediaDurations.levelUnasked = levelUnasked;
    for (const end of ends) end();
    ends = [];
  });

  /** Sends a tone, with or without its level in each packet; returns what is received, playing with no volume. */
  async function tone(isWritten: boolean): Promise<{readonly level: ReceivedLevel; readonly gain: GainNode}> {
    const context = new Context();
    const source = new OscillatorNode(context, {frequency: 440});
    const gain = new GainNode(context, {gain: 0.5});
    const target = context.createMediaStreamDestination();
    source.connect(gain).connect(target);
    source.start();
    const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
    from.onicecandidate = ({candidate}) => void to.addIceCandidate(candidate ?? undefined);
    to.onicecandidate = ({candidate}) => void from.addIceCandidate(candidate ?? undefined);
    from.addTrack(target.stream.getAudioTracks()[0]!, target.stream);
    await from.setLocalDescription(await from.createOffer());
    const {sdp} = from.localDescription!;
    const offer = isWritten ? sdp : sdp.replace(/a=extmap[^\r]*audio-level\r\n/g, '');
    const element = new Audio();
    to.ontrack = ({track}) => {
      element.srcObject = new MediaStream([track]);
      element.volume = 0;
      void element.play();
    };
    await to.setRemoteDescription({type: 'offer', sdp: offer});
    await to.setLocalDescription(await to.createAnswer());
    await from.setRemoteDescription(to.localDescription!);
    ends.push(() => {
      element.srcObject = null;
      for (const connection of [from, to]) connection.close();
      void context.close();
    });
    return {level: new ReceivedLevel(to), gain};
  }

  for (const isWritten of [true, false])
    it(`is that of the sound ${isWritten ? 'as its packets have it' : 'if its packets do not have it'}, also without volume`, async () => {
      const {level, gain} = await tone(isWritten);
      await until(() => Math.abs(level.now - HALF) < 0.03);
      expect(contexts()).to.equal(isWritten ? 0 : 1);
      gain.gain.value = 0.05;
      await until(() => Math.abs(level.now - HALF / 10) < 0.01);
      gain.gain.value = 0;
      await until(() => level.now < 0.001);
      mediaDurations.levelUnasked = 10;
      expect(level.now).to.be.lessThan(0.001);
      await until(() => contexts() === 0);
    });

  it('is nothing without sound', () => {
    const connection = new RTCPeerConnection();
    expect(new ReceivedLevel(connection).now).to.equal(0);
    connection.close();
  });
});
