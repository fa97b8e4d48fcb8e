import type {SipCall} from '../call/call.js';
import type {SipDevices} from '../devices/devices.js';
import {diagnosisDurations} from '../../durations/diagnosis.js';
import {SipError, toSipError} from '../../errors.js';
import type {DeviceTrial} from '../../media/devices/device-trial.js';
import type {MediaFlow} from '../../media/diagnosis/media-flow.js';
import type {CallQuality} from '../../media/types.js';
import {until} from '../util/state-target.js';
import {openInTime} from './device-steps.js';
import type {DiagnosedClient} from './diagnosed-client.js';
import {inTime} from './in-time.js';
import {roundedLevel, type CheckFinding, type CheckValues} from './step.js';

/** The lowest MOS with which users are satisfied, and with which many are not (ITU-T G.107 table B.1). */
const GOOD_MOS = 4.02;
const POOR_MOS = 3.6;
/** From which level on something is heard, as a root mean square of 0–1. */
const HEARD = 0.0005;
/** What a video call needs, and a call with sound alone, in bit/s. */
const VIDEO_BITRATE = 1_000_000;
const SOUND_BITRATE = 100_000;

/** What a call, or what takes its place, has brought. */
export interface CallCheck {
  readonly finding: CheckFinding;
  readonly quality?: CallQuality | undefined;
}

/** Resolves with the number of the server's echo; undefined if the server names none. */
export async function echoOf(client: DiagnosedClient, signal: AbortSignal): Promise<string | undefined> {
  const info = client.getLoginInfo().catch(() => undefined);
  return (await inTime(info, diagnosisDurations.checkedSignIn, signal))?.echo;
}

/** Calls a number that sends back what it hears, and measures what comes back. */
export async function checkEcho(
  client: DiagnosedClient,
  number: string,
  media: 'audio' | 'video',
  signal: AbortSignal,
): Promise<CallCheck> {
  let call: SipCall | undefined;
  const subject = number;
  try {
    call = await client.call(number, {media, signal});
    // The user hears the echo, also in a page without an element that plays calls: what nobody plays is not decoded.
    call.attach({remoteAudio: new Audio()});
    const {state} = call;
    const settled = until(call, () => call!.state.phase === 'answered' || call!.state.phase === 'released');
    const isSettled = settled.then(() => true);
    if (!(await inTime(isSettled, diagnosisDurations.checkedCall, signal)))
      return {finding: {verdict: 'failed', code: 'no-answer', subject}};
    if (call.state.phase !== 'answered') {
      const {cause} = call.state;
      const code = !cause || cause.code === 'normal' ? 'call-refused' : cause.code;
      return {finding: {verdict: 'failed', code, subject}};
    }
    const {flowBetween, highestLevel} = await import('../../media/diagnosis/media-flow.js');
    const before = await call.statistics();
    const begun = performance.now();
    const level = await highestLevel(() => call!.level(), diagnosisDurations.checkedMedia, signal);
    const after = await call.statistics();
    if (signal.aborted) throw new SipError('aborted');
    if (!before || !after) return {finding: {verdict: 'failed', code: 'no-media', subject}};
    const flow = flowBetween(before, after, (performance.now() - begun) / 1000);
    const wantsPicture = media === 'video' && state.media.video !== 'inactive';
    return {
      finding: flowFinding({...flow, level}, {way: 'echo', wantsPicture, subject}),
      quality: flow.quality,
    };
  } catch (thrown) {
    const {code} = toSipError(thrown);
    if (code === 'aborted') throw thrown;
    return {finding: {verdict: 'failed', code, subject}};
  } finally {
    await call?.hangup().catch(() => {});
    // It was no call of the user's.
    if (call) {
      const {id} = call;
      const entries = client.history.entries.filter(({sid}) => sid === id);
      if (entries.length > 0) client.history.remove(...entries.map((entry) => entry.id));
    }
  }
}

/** Sends sound and picture from this page to itself: through TURN servers if they may be used, or else directly. */
export async function checkLoop(
  devices: SipDevices,
  iceServers: readonly RTCIceServer[],
  withCamera: boolean,
  signal: AbortSignal,
): Promise<CallCheck> {
  let camera: DeviceTrial | undefined;
  try {
    if (withCamera) camera = await openInTime(devices, 'camera', signal).catch(() => undefined);
    if (signal.aborted) throw new SipError('aborted');
    const {loopMedia} = await import('../../media/diagnosis/media-loop.js');
    const track = camera?.stream.getVideoTracks()[0];
    const flow = await loopMedia(track, diagnosisDurations.checkedMedia, {
      configuration: loopConfiguration(iceServers),
      timeout: diagnosisDurations.checkedCall,
      signal,
    });
    if (signal.aborted) throw new SipError('aborted');
    if (!flow) return {finding: {verdict: 'failed', code: 'no-route'}};
    if (!flow.sounds) return {finding: {verdict: 'skipped', code: 'playback-blocked'}};
    const way = iceServers.length > 0 ? 'relay' : 'local';
    const finding = flowFinding(flow, {way, wantsPicture: !!track});
    return {finding, quality: iceServers.length > 0 ? flow.quality : undefined};
  } finally {
    camera?.close();
  }
}

/** How good what came back was. */
export function checkQuality(quality: CallQuality | undefined): CheckFinding {
  if (quality?.mos === undefined) return {verdict: 'skipped', code: 'not-measured'};
  const {mos, loss, jitter, rtt} = quality;
  const values = {
    mos: Math.round(mos * 100) / 100,
    loss: Math.round(loss * 1000) / 1000,
    jitter: Math.round(jitter),
    ...(rtt !== undefined && {roundTrip: Math.round(rtt)}),
  };
  if (mos >= GOOD_MOS) return {verdict: 'passed', code: 'quality-good', values};
  return mos >= POOR_MOS
    ? {verdict: 'warning', code: 'quality-fair', values}
    : {verdict: 'failed', code: 'quality-poor', values};
}

/** How much can be sent through the TURN servers, there and back. */
export async function checkBandwidth(
  iceServers: readonly RTCIceServer[],
  signal: AbortSignal,
): Promise<CheckFinding> {
  if (iceServers.length === 0) return {verdict: 'skipped', code: 'not-measured'};
  const {loopData} = await import('../../media/diagnosis/media-loop.js');
  const bitrate = await loopData(diagnosisDurations.checkedBandwidth, {
    configuration: loopConfiguration(iceServers),
    timeout: diagnosisDurations.checkedCall,
    signal,
  });
  if (signal.aborted) throw new SipError('aborted');
  if (bitrate === undefined) return {verdict: 'failed', code: 'no-route'};
  const values = {kilobits: Math.round(bitrate / 1000)};
  if (bitrate >= VIDEO_BITRATE) return {verdict: 'passed', code: 'bandwidth-enough', values};
  return bitrate >= SOUND_BITRATE
    ? {verdict: 'warning', code: 'bandwidth-sound-only', values}
    : {verdict: 'failed', code: 'bandwidth-low', values};
}

function loopConfiguration(servers: readonly RTCIceServer[]): RTCConfiguration {
  return servers.length > 0 ? {iceServers: [...servers], iceTransportPolicy: 'relay'} : {};
}

function flowFinding(
  {level, packets, frames, quality}: MediaFlow & {readonly level: number},
  {way, wantsPicture, subject}: {way: 'echo' | 'relay' | 'local'; wantsPicture: boolean; subject?: string},
): CheckFinding {
  const values: CheckValues = {
    way,
    level: roundedLevel(level),
    packets,
    frames,
    kilobits: Math.round(quality.bitrate / 1000),
  };
  const about = {...(subject !== undefined && {subject}), values};
  if (packets === 0) return {verdict: 'failed', code: 'no-media', ...about};
  // A room may be silent while an echo is measured; the tone of a loop is not.
  if (level < HEARD) return {verdict: way === 'echo' ? 'warning' : 'failed', code: 'no-sound', ...about};
  if (wantsPicture && frames === 0) return {verdict: 'warning', code: 'no-picture', ...about};
  return {verdict: 'passed', code: way === 'local' ? 'media-local' : 'media-returned', ...about};
}
