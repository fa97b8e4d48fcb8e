import type {FileTarget} from './file-target.js';
import type {RecordingProgress} from './recording-about.js';

/** A complete file. */
export interface CompletedFile {
  /** The file with its media type. */
  readonly blob: Blob;
  /** In seconds. */
  readonly duration: number;
}

/**
 * Returns the file as players need it, with its duration and an index, and without a video track that never showed
 * anything. If that fails, returns the browser's recording, which can be played too.
 *
 * @param open - Opens the target of the file; in memory by default.
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
