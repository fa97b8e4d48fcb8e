import type {FileTarget} from './file-target.js';
import type {RecordingProgress} from './recording-about.js';

/** A whole file. */
export interface CompletedFile {
  /** With its media type. */
  readonly blob: Blob;
  /** In seconds. */
  readonly duration: number;
}

/**
 * The file as players want it, with its duration and an index, and without a picture that never was one; as the browser
 * recorded it where that fails: it can be played all the same.
 *
 * @param open - Opens where the file is written to; in memory by default.
 */
export async function completed(
  raw: Blob,
  {pictured, duration}: RecordingProgress,
  open?: () => Promise<FileTarget>,
): Promise<CompletedFile> {
  if (!raw.size) return {blob: raw, duration: 0};
  let target: FileTarget | undefined;
  try {
    const {remux} = await import('./remux.js');
    target = await open?.();
    return await remux(raw, pictured, target);
  } catch {
    await target?.discard().catch(() => {});
    return {blob: raw, duration};
  }
}
