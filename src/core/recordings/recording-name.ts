import type {StoredRecording} from '../../media/recording/recording-about.js';
import {fileName, filledIn} from '../util/file-name.js';

const ENDINGS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
  'text/vtt': 'vtt',
};

/** Returns a recording's file name: its title, the requested one, or one made of the other side's number and the time. */
export function recordingName(
  {title, name, remote, time}: Pick<StoredRecording, 'title' | 'name' | 'remote' | 'time'>,
  type: string,
): string {
  const written = title ?? name ?? filledIn('recording-{number}-{time}', {id: '', remote}, new Date(time));
  return fileName(written, ENDINGS[type] ?? 'webm', 'recording');
}
