import {mediaDurations} from '../../durations/media.js';
import {unlessAborted, within, pause} from '../../within.js';
import {letSend} from '../audio/running-context.js';
import {LevelMeter} from '../devices/level-meter.js';
import {flowBetween, highestLevel, type MediaFlow} from './media-flow.js';

/** Two ends of a connection within this page. */
export interface LoopOptions {
  /** With relays, or else only within this computer. */
  readonly configuration: RTCConfiguration;
  /** For both ends to connect, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** How much a loop of data sends at most, in bytes, and at a time. */
const MOST_DATA = 8_000_000;
const CHUNK = 16_384;
const MOST_BUFFERED = 1_000_000;
/** The frequency of the tone, in hertz, and how loud it is, 0–1. */
const TONE = 440;
const TONE_VOLUME = 0.2;

/** What was measured in a loop; undefined if both ends have not connected. */
export interface LoopFlow extends MediaFlow {
  /** The highest level of the sound that arrived, as a root mean square of 0–1. */
  readonly level: number;
  /** Whether a tone was sent: the browser allows none before a gesture. */
  readonly sounds: boolean;
}

/** Sends a tone, and a camera's video if there is one, from one connection to another one, and measures what arrives. */
export async function loopMedia(
  video: MediaStreamTrack | undefined,
  milliseconds: number,
  {configuration, timeout, signal}: LoopOptions,
): Promise<LoopFlow | undefined> {
  const [here, there] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
  const context = new AudioContext();
  const player = document.createElement('video');
  player.muted = true;
  let meter: LevelMeter | undefined;
  try {
    const target = context.createMediaStreamDestination();
    const volume = new GainNode(context, {gain: TONE_VOLUME});
    const tone = new OscillatorNode(context, {frequency: TONE});
    tone.connect(volume).connect(target);
    tone.start();
    await letSend(target, mediaDurations.mixerStart);
    here.addTrack(target.stream.getAudioTracks()[0]!, target.stream);
    if (video) here.addTrack(video, target.stream);
    const heard = new MediaStream();
    there.ontrack = ({track}) => {
      heard.addTrack(track);
      if (track.kind === 'audio') meter = new LevelMeter(track);
      // What nobody plays is not decoded.
      player.srcObject = heard;
      void player.play().catch(() => {});
    };
    if (!(await connected(here, there, timeout, signal))) return undefined;
    // The first packets come late, because the keys are agreed on meanwhile.
    await pause(milliseconds / 4, signal);
    const [before, begun] = [await there.getStats(), performance.now()];
    const level = await highestLevel(() => meter?.level ?? 0, milliseconds, signal);
    const after = await there.getStats();
    // A busy machine starts the tone late.
    const sounds = context.state === 'running';
    return {...flowBetween(before, after, (performance.now() - begun) / 1000), level, sounds};
  } finally {
    meter?.close();
    player.srcObject = null;
    here.close();
    there.close();
    void context.close();
  }
}

/** Sends data from one connection to another one; returns how much arrived, in bit/s, or undefined without a connection. */
export async function loopData(
  milliseconds: number,
  {configuration, timeout, signal}: LoopOptions,
): Promise<number | undefined> {
  const [here, there] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
  try {
    const channel = here.createDataChannel('check', {ordered: false, maxRetransmits: 0});
    channel.bufferedAmountLowThreshold = MOST_BUFFERED / 2;
    let [arrived, last] = [0, 0];
    const opened = new Promise<void>((resolve) => (channel.onopen = () => resolve()));
    there.ondatachannel = ({channel: end}) => {
      end.binaryType = 'arraybuffer';
      end.onmessage = ({data}: MessageEvent<ArrayBuffer>) => {
        arrived += data.byteLength;
        last = performance.now();
      };
    };
    if (!(await connected(here, there, timeout, signal))) return undefined;
    const isOpen = opened.then(() => true);
    if (!(await within(isOpen, timeout))) return undefined;
    const chunk = new ArrayBuffer(CHUNK);
    const begun = performance.now();
    let sent = 0;
    const isDone = (): boolean =>
      signal.aborted || sent >= MOST_DATA || performance.now() - begun >= milliseconds;
    while (!isDone()) {
      while (!isDone() && channel.bufferedAmount < MOST_BUFFERED) {
        channel.send(chunk);
        sent += CHUNK;
      }
      await pause(5, signal);
    }
    while (!signal.aborted && arrived < sent && performance.now() - begun < milliseconds)
      await pause(5, signal);
    // A network that has let a first burst through, and nothing after it, is not fast.
    const end = arrived < sent ? performance.now() : last;
    return (arrived * 8) / ((end - begun) / 1000);
  } finally {
    here.close();
    there.close();
  }
}

/** Connects two connections of this page; returns whether that has succeeded in time. */
async function connected(
  here: RTCPeerConnection,
  there: RTCPeerConnection,
  timeout: number,
  signal: AbortSignal,
): Promise<boolean> {
  const add = (connection: RTCPeerConnection, candidate: RTCIceCandidate | null): void => {
    if (candidate) connection.addIceCandidate(candidate).catch(() => {});
  };
  here.onicecandidate = ({candidate}) => add(there, candidate);
  there.onicecandidate = ({candidate}) => add(here, candidate);
  const done = new Promise<boolean>((resolve) => {
    here.onconnectionstatechange = () => {
      if (here.connectionState === 'connected') resolve(true);
      if (here.connectionState === 'failed') resolve(false);
    };
  });
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription!);
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription!);
  const waiting = unlessAborted(done, [signal], () => new DOMException('', 'AbortError'));
  return (await within(waiting, timeout)) ?? false;
}
