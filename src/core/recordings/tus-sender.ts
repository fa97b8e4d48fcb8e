import {Upload} from 'tus-js-client';
import {keptDurations} from '../../durations/kept.js';
import {within} from '../../within.js';
import type {RecordingSaving, SaveRecording, TusServer} from './recordings-upload.js';

/**
 * Returns what uploads recordings to a tus server. An upload continues where it was, also in the next page: its address is
 * kept with the recording, and nowhere else.
 */
export function tusSender({endpoint, headers = {}}: TusServer): SaveRecording {
  const url = new URL(endpoint, document.baseURI).href;
  return async (file, recording, saving) => {
    const given =
      typeof headers === 'function'
        ? await within(Promise.resolve(headers()), keptDurations.uploadSilence, silent)
        : headers;
    const {id, call, direction, remote, time, duration, title = ''} = recording;
    const about = {
      id,
      call,
      direction,
      number: remote.number,
      name: remote.name,
      title,
      time: String(time),
      duration: String(duration),
    };
    const server = {url, headers: given, about};
    await send(file, server, saving);
    // What was sent before has its address: the next attempt continues with the captions.
    const captions = await saving.captions();
    if (captions) await send(captions, server, {signal: saving.signal});
  };
}

/** A server, and what it gets to know of a recording. */
interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly about: Readonly<Record<string, string>>;
}

/** Uploads a file; one that is not resumable anew each time. */
async function send(
  file: File,
  {url, headers, about}: Target,
  {signal, resumable, setResumable, onProgress}: Pick<RecordingSaving, 'signal'> & Partial<RecordingSaving>,
): Promise<void> {
  // It may be another server's, or of a function that the page had before.
  const uploadUrl = resumable && isOfOrigin(resumable, url) ? resumable : null;
  const ending = new AbortController();
  let silence: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const stop = (error: Error): void => {
        void upload.abort().catch(() => {});
        reject(error);
      };
      // What the server does not answer would keep the other recordings waiting.
      const listen = (): void => {
        clearTimeout(silence);
        silence = setTimeout(() => stop(silent()), keptDurations.uploadSilence);
      };
      const upload = new Upload(file, {
        endpoint: url,
        uploadUrl,
        // A server may name another one, which has the file from then on, and no right to the page's token.
        onBeforeRequest: (request) => {
          if (!isOfOrigin(request.getURL(), url)) return;
          for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
        },
        onAfterResponse: listen,
        metadata: {filename: file.name, filetype: file.type, ...about},
        storeFingerprintForResuming: false,
        // The outbox tries again, after longer and longer waits.
        retryDelays: null,
        onProgress: (loaded) => {
          listen();
          onProgress?.(loaded);
        },
        // The whole file would be sent again and again, without a pause.
        onChunkComplete: (taken, loaded) => {
          if (!(taken > 0 && loaded <= file.size)) stop(new Error('The server does not have what it took.'));
        },
        onUploadUrlAvailable: () => void setResumable?.(upload.url ?? '').catch(() => {}),
        onSuccess: () => resolve(),
        onError: reject,
      });
      const end = (): void => stop(new DOMException('The upload was stopped.', 'AbortError'));
      signal.addEventListener('abort', end, {signal: ending.signal});
      if (signal.aborted) return end();
      listen();
      upload.start();
    });
  } finally {
    clearTimeout(silence);
    ending.abort();
  }
}

const silent = (): Error => new DOMException('Nothing came in time.', 'TimeoutError');

/** Whether a text is an address of the same origin as another one. */
const isOfOrigin = (text: string, address: string): boolean =>
  URL.canParse(text) && new URL(text).origin === new URL(address).origin;
