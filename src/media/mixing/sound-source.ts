import {toneBuffer} from '../audio/tone-samples.js';
import {ALERTS, type AlertTone} from '../audio/tone-table.js';
import {SipError} from '../../errors.js';
import {FileSound} from './file-sound.js';
import {ToneSound} from './tone-sound.js';

/** The largest file that is played, in bytes. */
export const MOST_BYTES = 100_000_000;

/** Whether a text names an alert tone. */
export function isAlertTone(text: unknown): text is AlertTone {
  return typeof text === 'string' && Object.hasOwn(ALERTS, text);
}

/** Returns the sound of an alert tone. */
export function alertSound(name: AlertTone): ToneSound {
  return new ToneSound(toneBuffer(ALERTS[name]));
}

/**
 * Opens a file.
 *
 * @param name - What users know it by.
 * @throws {SipError} `file-unreadable`, `sound-unsupported`, `sound-too-long`
 */
export async function fileSound(file: Blob, name: string): Promise<FileSound> {
  if (file.size > MOST_BYTES) throw new SipError('sound-too-long', {subject: name});
  return FileSound.open(file, name);
}
