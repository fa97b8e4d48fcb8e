import {mediaDurations} from '../../durations/media.js';

/** Downloads a file under the name. */
export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), mediaDurations.downloadStart);
}
