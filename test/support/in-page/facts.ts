import type {DialogState} from '../../../src/core/server/dialog.js';
import type {StateSource} from '../../../src/core/util/state-target.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';

/** Resolves once the source's state matches. */
export async function becomes<S extends object>(
  source: StateSource<S>,
  fact: (state: Readonly<S>) => boolean,
): Promise<Readonly<S>> {
  while (!fact(source.state))
    await new Promise((resolve) => source.addEventListener('statechange', resolve, {once: true}));
  return source.state;
}

/** Resolves once the dialog is in the phase. */
export async function reaches(
  dialog: SipDialog,
  phase: DialogState['phase'],
): Promise<Readonly<DialogState>> {
  return becomes(dialog, (state) => state.phase === phase);
}

/** After how many milliseconds a wait names what it waits for: a test that its time limit ends does not. */
const LONG = 20_000;

/**
 * Resolves once the condition is true; polls, for sources that report no change.
 *
 * @param within - After how many milliseconds it rejects; by default the test's own time limit ends it.
 * @param named - Returns what to name if it takes long; the condition by default.
 */
export async function until(
  fact: () => boolean | Promise<boolean>,
  within = Infinity,
  named: () => unknown = () => fact.toString(),
): Promise<void> {
  let quiet = true;
  for (const since = Date.now(); !(await fact()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    const waited = Date.now() - since;
    if (waited > within) throw new Error(`Not true within ${within} ms: ${String(await named())}`);
    if (waited > LONG && quiet) console.warn(`Not true for ${LONG} ms: ${String(await named())}`);
    quiet &&= waited <= LONG;
  }
}

/** Names what a task waits for if it takes long. */
export async function named<T>(task: Promise<T>, name: string): Promise<T> {
  const late = setTimeout(() => console.warn(`Awaited for ${LONG} ms: ${name}`), LONG);
  return task.finally(() => clearTimeout(late));
}

/** Resolves once the number has not grown for the time, in milliseconds: no event reports that nothing happens. */
export async function settles(value: () => Promise<number>, time: number): Promise<void> {
  let last = await value();
  let since = performance.now();
  await until(async () => {
    const now = await value();
    if (now - last > 1e-6) since = performance.now();
    last = now;
    return performance.now() - since > time;
  });
}

/** What has arrived at one end. */
export interface Received {
  readonly frames: number;
  /** The energy of what was heard, as WebRTC's statistics count it. */
  readonly energy: number;
}

/** What a dialog has received so far: decoded frames and audio energy. */
export async function received(source: {
  statistics(): Promise<RTCStatsReport | undefined>;
}): Promise<Received> {
  let frames = 0;
  let energy = 0;
  const report = await source.statistics();
  report?.forEach((entry: {type: string; framesDecoded?: number; totalAudioEnergy?: number}) => {
    if (entry.type !== 'inbound-rtp') return;
    frames += entry.framesDecoded ?? 0;
    energy += entry.totalAudioEnergy ?? 0;
  });
  return {frames, energy};
}

/** Something that receives media. */
export interface Listener {
  readonly remoteStream: MediaStream | undefined;
  statistics(): Promise<RTCStatsReport | undefined>;
}

/** Resolves once the dialog has received more sound. */
export async function hears(dialog: Listener): Promise<void> {
  await listens(dialog, async () => {
    const {energy} = await received(dialog);
    await until(async () => (await received(dialog)).energy > energy + 0.0001);
  });
}

/** Plays what the dialog receives while the task runs: Chromium decodes sound only while it is played. */
export async function listens<T>(dialog: Listener, task: () => Promise<T>): Promise<T> {
  const player = new Audio();
  player.srcObject = new MediaStream(dialog.remoteStream!.getAudioTracks());
  await player.play();
  try {
    return await task();
  } finally {
    player.srcObject = null;
  }
}

/** Resolves once the dialog has decoded some more frames. */
export async function sees(dialog: {statistics(): Promise<RTCStatsReport | undefined>}): Promise<void> {
  const {frames} = await received(dialog);
  await until(async () => (await received(dialog)).frames > frames + 2);
}

/** Resolves once what the call receives is no silence. */
export async function hearsSound(call: Pick<Listener, 'remoteStream'>): Promise<void> {
  const player = new Audio();
  player.srcObject = new MediaStream(call.remoteStream!.getAudioTracks());
  await player.play();
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(player.srcObject).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  await until(() => {
    analyser.getFloatTimeDomainData(samples);
    return samples.some((sample) => Math.abs(sample) > 0.01);
  });
  player.srcObject = null;
  await context.close();
}
