import {SipError} from '../../errors.js';

/** The tones, as frequency in hertz with beginning and end in seconds: a chime, and a ring. */
const TONES: Readonly<Record<'speaker' | 'ringer', readonly (readonly [number, number, number])[]>> = {
  speaker: [
    [523.25, 0, 0.5],
    [659.25, 0.3, 1],
  ],
  ringer: [
    [440, 0, 0.4],
    [480, 0, 0.4],
    [440, 0.6, 1],
    [480, 0.6, 1],
  ],
};

const VOLUME = 0.25;
/** The duration of fading in and out, in seconds: the tone would click otherwise. */
const EDGE = 0.03;

/**
 * Plays a tone of about a second; resolves at its end, or when the signal is aborted.
 *
 * @param sinkId - The output's id; empty for the system's default.
 * @param options.volume - The volume, 0–1; 1 by default.
 * @throws {SipError} `playback-blocked`, `unknown-device`
 */
export async function playTestTone(
  sinkId: string,
  kind: 'speaker' | 'ringer',
  {signal, volume = 1}: {signal?: AbortSignal | undefined; volume?: number | undefined} = {},
): Promise<void> {
  if (signal?.aborted) return;
  const context = new AudioContext();
  // Played through a media element: more browsers can direct that to an output than the context itself.
  const output = context.createMediaStreamDestination();
  const player = new Audio();
  player.srcObject = output.stream;
  player.volume = volume;
  const end = (): void => player.pause();
  signal?.addEventListener('abort', end);
  try {
    if (sinkId) await player.setSinkId(sinkId);
    await player.play();
    if (!signal?.aborted) await sound(context, output, kind, player);
  } catch (cause) {
    const {name} = cause as DOMException;
    if (signal?.aborted) return;
    if (name === 'NotAllowedError') throw new SipError('playback-blocked', {cause});
    throw new SipError('unknown-device', {subject: sinkId, cause});
  } finally {
    signal?.removeEventListener('abort', end);
    player.pause();
    player.srcObject = null;
    for (const track of output.stream.getTracks()) track.stop();
    await context.close();
  }
}

/** Resolves when the last tone has ended, or the player was stopped. */
async function sound(
  context: AudioContext,
  output: AudioNode,
  kind: 'speaker' | 'ringer',
  player: HTMLMediaElement,
): Promise<void> {
  const begin = context.currentTime + 0.05;
  const oscillators = TONES[kind].map(([frequency, from, to]) => {
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, begin + from);
    gain.gain.linearRampToValueAtTime(VOLUME, begin + from + EDGE);
    gain.gain.setValueAtTime(VOLUME, begin + to - EDGE);
    gain.gain.linearRampToValueAtTime(0, begin + to);
    const oscillator = new OscillatorNode(context, {frequency});
    oscillator.connect(gain).connect(output);
    oscillator.start(begin + from);
    oscillator.stop(begin + to);
    return oscillator;
  });
  await new Promise<void>((resolve) => {
    oscillators.at(-1)!.onended = () => resolve();
    player.addEventListener('pause', () => resolve(), {once: true});
  });
}
