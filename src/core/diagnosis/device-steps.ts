import type {SipDevices} from '../devices/devices.js';
import {diagnosisDurations} from '../../durations/diagnosis.js';
import {pause} from '../../within.js';
import type {DeviceTrial} from '../../media/devices/device-trial.js';
import {inTime} from './in-time.js';
import {roundedLevel, type CheckFinding} from './step.js';

/** The level from which a microphone is heard, as a root mean square: a silent room is louder than a muted switch. */
const SILENCE = 0.0005;
/** That of speech: louder ones need not be listened to any longer. */
const SPEECH = 0.02;
/** How often a picture is looked at, in milliseconds. */
const LOOKING_MS = 40;
/** How bright the brightest of all points of a picture is if nothing covers the camera, 0–255. */
const DARK = 16;

/** Opens the chosen microphone, listens until something is heard, and closes it. */
export async function checkMicrophone(devices: SipDevices, signal: AbortSignal): Promise<CheckFinding> {
  return withDevice(devices, 'microphone', signal, async (trial) => {
    const [track] = trial.stream.getAudioTracks();
    const {highestLevel} = await import('../../media/diagnosis/media-flow.js');
    const level = await highestLevel(() => trial.level, diagnosisDurations.checkedLevel, signal, SPEECH);
    const values = {level: roundedLevel(level), muted: track?.muted ?? false};
    // Without a gesture, browsers may measure nothing.
    if (level < SILENCE && untouched()) return {verdict: 'skipped', code: 'playback-blocked', values};
    return level < SILENCE
      ? {verdict: 'warning', code: 'microphone-silent', values}
      : {verdict: 'passed', code: 'microphone-works', values};
  });
}

/** Opens the chosen camera, looks at a picture, and closes it. Without a camera calls are possible. */
export async function checkCamera(devices: SipDevices, signal: AbortSignal): Promise<CheckFinding> {
  const found = await withDevice(devices, 'camera', signal, async (trial) => {
    const picture = await pictureOf(trial.stream, signal);
    if (!picture) return {verdict: 'warning', code: 'no-picture'};
    const {brightest, ...values} = picture;
    return brightest < DARK
      ? {verdict: 'warning', code: 'camera-black', values}
      : {verdict: 'passed', code: 'camera-works', values};
  });
  return found.verdict === 'failed' ? {...found, verdict: 'warning'} : found;
}

/** Opens a device for a check, and closes it whatever happens. */
async function withDevice(
  devices: SipDevices,
  kind: 'microphone' | 'camera',
  signal: AbortSignal,
  check: (trial: DeviceTrial) => Promise<CheckFinding>,
): Promise<CheckFinding> {
  const trial = await openInTime(devices, kind, signal);
  if (!trial) return {verdict: 'failed', code: 'too-slow'};
  try {
    return await check(trial);
  } finally {
    trial.close();
  }
}

/** Opens the chosen device; undefined if that takes too long. One that opens late is closed. */
export async function openInTime(
  devices: SipDevices,
  kind: 'microphone' | 'camera',
  signal: AbortSignal,
): Promise<DeviceTrial | undefined> {
  const opening = devices.tryInput(kind);
  let trial: DeviceTrial | undefined;
  try {
    return (trial = await inTime(opening, diagnosisDurations.checkedDevice, signal));
  } finally {
    if (!trial)
      opening.then(
        (late) => late.close(),
        () => {},
      );
  }
}

/** Returns the size and the brightest point of a stream's picture; undefined if none comes in time. */
async function pictureOf(
  stream: MediaStream,
  signal: AbortSignal,
): Promise<{width: number; height: number; brightest: number} | undefined> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    const shown = new Promise<true>((resolve) => video.addEventListener('loadeddata', () => resolve(true)));
    void video.play().catch(() => {});
    if (!(await inTime(shown, diagnosisDurations.checkedPicture, signal))) return undefined;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 16;
    const context = canvas.getContext('2d', {willReadFrequently: true})!;
    let brightest = 0;
    const begun = performance.now();
    // Cameras begin dark.
    while (
      brightest < DARK &&
      performance.now() - begun < diagnosisDurations.checkedPicture &&
      !signal.aborted
    ) {
      context.drawImage(video, 0, 0, 16, 16);
      const {data} = context.getImageData(0, 0, 16, 16);
      brightest = data.reduce((most, value, index) => (index % 4 === 3 ? most : Math.max(most, value)), 0);
      if (brightest < DARK) await pause(LOOKING_MS, signal);
    }
    return {width: video.videoWidth, height: video.videoHeight, brightest};
  } finally {
    video.srcObject = null;
  }
}

/** Whether the user has not touched the page yet; not every browser tells. */
function untouched(): boolean {
  const {userActivation} = navigator as {userActivation?: {readonly hasBeenActive: boolean}};
  return userActivation?.hasBeenActive === false;
}
