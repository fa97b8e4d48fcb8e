/** The sound of the fake microphone: a steady tone, since the browser's own is silent between two beeps per second. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {within} from '../project.mjs';

const [RATE, FREQUENCY, LOUDNESS] = [48_000, 400, 0.3];

/**
 * Writes one second of the tone as a WAV file, which a browser plays in a loop.
 *
 * @returns {string} The path of the file.
 */
export function writeTone() {
  const data = Buffer.alloc(RATE * 2);
  for (let index = 0; index < RATE; index += 1)
    data.writeInt16LE(
      Math.round(Math.sin((2 * Math.PI * FREQUENCY * index) / RATE) * LOUDNESS * 32_767),
      index * 2,
    );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  mkdirSync(within('.cache'), {recursive: true});
  const path = within('.cache/tone.wav');
  writeFileSync(path, Buffer.concat([header, data]));
  return path;
}
