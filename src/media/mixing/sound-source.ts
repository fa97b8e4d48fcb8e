import {durations} from '../../durations.js';
import {toneBuffer} from '../audio/tone-samples.js';
import {ALERTS, type AlertTone} from '../audio/tone-table.js';
import {SipError} from '../../errors.js';

/** The rate of decoded sounds, in hertz: enough for a voice call, and small in memory. */
const RATE = 24_000;

/** The largest file that is decoded, in bytes, and the longest sound, in seconds: all of it is in memory. */
export const MOST_BYTES = 100_000_000;
const LONGEST = 600;

/** Whether a text names an alert tone. */
export function isAlertTone(text: unknown): text is AlertTone {
  return typeof text === 'string' && Object.hasOwn(ALERTS, text);
}

/** Returns the sound of an alert tone. */
export function alertSound(name: AlertTone): AudioBuffer {
  return toneBuffer(ALERTS[name]);
}

/**
 * Decodes a file.
 *
 * @param name - What users know it by.
 * @throws {SipError} `file-unreadable`, `sound-unsupported`, `sound-too-long`
 */
export async function decodedSound(file: Blob, name: string): Promise<AudioBuffer> {
  if (file.size > MOST_BYTES) throw new SipError('sound-too-long', {subject: name});
  // A few bytes can become hours of sound in memory.
  if ((await lengthOf(file)) > LONGEST) throw new SipError('sound-too-long', {subject: name});
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch (cause) {
    throw new SipError('file-unreadable', {subject: name, cause});
  }
  if (!bytes.byteLength) throw new SipError('file-unreadable', {subject: name});
  let sound: AudioBuffer;
  try {
    sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
  } catch (cause) {
    throw new SipError('sound-unsupported', {subject: name, cause});
  }
  if (sound.duration > LONGEST) throw new SipError('sound-too-long', {subject: name});
  return sound;
}

/** What the browser reads of a file's length in seconds without decoding it; 0 if it cannot tell. */
async function lengthOf(file: Blob): Promise<number> {
  const url = URL.createObjectURL(file);
  const audio = new Audio();
  audio.preload = 'metadata';
  try {
    return await new Promise<number>((resolve) => {
      // A recording of a browser has no length: infinity.
      audio.onloadedmetadata = () => resolve(Number.isFinite(audio.duration) ? audio.duration : 0);
      audio.onerror = () => resolve(0);
      setTimeout(resolve, durations.soundLength, 0);
      audio.src = url;
    });
  } finally {
    audio.onerror = null;
    audio.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}
