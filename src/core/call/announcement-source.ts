import {SipError} from '../../errors.js';
import type {Sound} from '../../media/mixing/sound-player.js';
import {POLICY_DELAY, watchPolicy} from '../util/page-policy.js';

/** A sound that the page has or can load: a file, its URL, or the name of an alert tone. */
export type PageSoundSource = Blob | URL | string;

/** Returns what users know a sound by; empty if it has no name. */
export function nameOf(source: PageSoundSource): string {
  return source instanceof Blob ? (source instanceof File ? source.name : '') : String(source);
}

/**
 * Loads a sound. Its receiver closes it.
 *
 * @throws {SipError} `file-unreadable`, `sound-unreachable`, `sound-unsupported`, `sound-too-long`, `forbidden-by-page`,
 * `bad-parameter`, `aborted`
 */
export async function soundOf(
  source: PageSoundSource,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Sound> {
  const {alertSound, fileSound, isAlertTone, MOST_BYTES} = await import('../../media/mixing/sound-source.js');
  const sound = isAlertTone(source)
    ? alertSound(source)
    : await fileSound(source instanceof Blob ? source : await fetched(source, MOST_BYTES, signal), name);
  if (!signal?.aborted) return sound;
  sound.close();
  throw new SipError('aborted', {subject: name});
}

/** @throws {SipError} `bad-parameter`, `sound-unreachable`, `sound-too-long`, `forbidden-by-page`, `aborted` */
async function fetched(source: URL | string, most: number, signal: AbortSignal | undefined): Promise<Blob> {
  const subject = String(source);
  const url = absolute(subject);
  const watching = new AbortController();
  try {
    return await new Promise<Blob>((resolve, reject) => {
      watchPolicy(url, reject, watching.signal);
      fetch(url, {signal: signal ?? null})
        .then(async (response) => {
          if (!response.ok) throw new SipError('sound-unreachable', {subject});
          resolve(await bodyOf(response, most, subject));
        })
        // The report that the page's policy forbids it comes after the failure.
        .catch((cause: unknown) => setTimeout(() => reject(cause as Error), POLICY_DELAY));
    });
  } catch (cause) {
    if (signal?.aborted) throw new SipError('aborted', {subject, cause});
    throw cause instanceof SipError ? cause : new SipError('sound-unreachable', {subject, cause});
  } finally {
    watching.abort();
  }
}

/** Reads a body of at most so many bytes. @throws {SipError} `sound-too-long` */
async function bodyOf(response: Response, most: number, subject: string): Promise<Blob> {
  const parts: BlobPart[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size <= most) continue;
    void reader?.cancel();
    throw new SipError('sound-too-long', {subject});
  }
  return new Blob(parts, {type: response.headers.get('content-type') ?? ''});
}

/** @throws {SipError} `bad-parameter` */
function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: url, cause});
  }
}
