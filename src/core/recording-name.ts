import type {StoredRecording} from '../media/recording-about.js';
import {fileName, timeText} from './file-name.js';

const ENDINGS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
};

/** A recording's name as a file: the one that was asked for, or else whom it is of and when it began. */
export function recordingName(
  kept: Pick<StoredRecording, 'name' | 'remote' | 'time'> | undefined,
  type: string,
): string {
  const usual = kept ? `recording-${kept.remote.number}-${timeText(new Date(kept.time))}` : '';
  return fileName(kept?.name ?? usual, ENDINGS[type] ?? 'webm', 'recording');
}
