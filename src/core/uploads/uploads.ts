import {SipError, toSipError} from '../../errors.js';
import {unlessAborted} from '../../within.js';
import {AttemptPause} from '../util/attempt-pause.js';
import type {FileType} from './file-type.js';
import {backoff, type ReconnectPolicy} from '../util/reconnect-policy.js';
import type {UploadEvent, UploadProgress} from './upload-events.js';
import {checkReadable, described, formOf} from './upload-file.js';
import {UploadPace} from './upload-pace.js';
import {sendForm, type UploadResult} from './upload-request.js';

/** Options of an upload. */
export interface UploadOptions {
  /** The purpose of the file: a name, or the server's number; derived from the file by default. */
  readonly type?: FileType | number | undefined;
  /** The file's name at the server; its own by default. */
  readonly name?: string | undefined;
  /** Aborts the upload; nothing stays at the server. */
  readonly signal?: AbortSignal | undefined;
  /** @internal The request to send the file with, again and again; one for each attempt by default. */
  readonly request?: XMLHttpRequest | undefined;
  /** Called with the details of the event `sip-upload-progress`. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** What uploads need from their client. */
export interface UploadsOptions {
  /** Resolves with the URL of the server's form. */
  findUrl(): Promise<string>;
  readonly tell: (...event: UploadEvent) => void;
  readonly policy?: ReconnectPolicy;
  /** How long an upload may make no progress, in milliseconds: 30 s. */
  readonly patience?: number;
}

/** How many files are sent at once; a browser opens six connections to a server, and a page needs some. */
const AT_ONCE = 3;

/** How often an upload is retried if there is no reply. */
const RETRIES = 5;

/** The errors that would come again with every attempt. */
const IN_VAIN: ReadonlySet<SipError['code']> = new Set(['aborted', 'forbidden-by-page']);

/** The minimum time between progress reports, in milliseconds. */
const PACE = 200;

/** Uploads a client's files to its server (docs/protocol/files.md#uploads). */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #policy: ReconnectPolicy;
  #sending = 0;
  /** Uploads that wait for another to finish, in their order of arrival. */
  readonly #waiting = new Set<() => void>();

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.#policy = options.policy ?? backoff({longest: 8_000});
  }

  /** See `SipClient.upload`. */
  async upload(file: Blob, options: UploadOptions = {}): Promise<UploadResult> {
    const {signal} = options;
    const {name, type} = described(file, options);
    try {
      const url = await orAborted(this.#options.findUrl(), name, signal);
      await this.#turn(name, signal);
      try {
        const result = await this.#send({file, name, type, url, options});
        this.#options.tell('sip-upload-end', {file, ...result});
        return result;
      } finally {
        this.#pass();
      }
    } catch (thrown) {
      const error = toSipError(thrown, name);
      this.#options.tell('sip-upload-end', {file, ok: false, response: '', error});
      throw error;
    }
  }

  /** Resolves when the upload may start. @throws {SipError} `aborted` */
  async #turn(name: string, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) throw aborted(name, signal);
    if (this.#sending < AT_ONCE) {
      this.#sending += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => {
        this.#waiting.delete(go);
        reject(aborted(name, signal!));
      };
      this.#waiting.add(go);
      signal?.addEventListener('abort', onAbort, {once: true});
    });
  }

  /** Passes the slot on to the upload that has waited longest. */
  #pass(): void {
    const [next] = this.#waiting;
    if (!next) this.#sending -= 1;
    else {
      this.#waiting.delete(next);
      next();
    }
  }

  async #send({file, name, type, url, options}: Upload): Promise<UploadResult> {
    const {signal, request} = options;
    const begun = performance.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await sendForm({
          url,
          form: formOf(file, name, type),
          subject: name,
          patience: this.#options.patience ?? 30_000,
          request,
          signal,
          onProgress: this.#follow(file, options),
        });
      } catch (thrown) {
        const error = toSipError(thrown, name);
        const delay =
          attempt < RETRIES ? this.#policy.nextDelay(attempt, performance.now() - begun) : undefined;
        if (IN_VAIN.has(error.code) || delay === undefined) throw error;
        await checkReadable(file, name);
        const pause = new AttemptPause();
        await orAborted(pause.wait(delay), name, signal).finally(() => pause.end());
      }
    }
  }

  /** Converts the browser's frequent progress of the form into throttled progress of the file. */
  #follow(file: Blob, {onProgress}: UploadOptions): (sent: number, all: number) => void {
    const total = file.size;
    const pace = new UploadPace(total, performance.now());
    let told = -Infinity;
    let last = -1;
    return (sent, all) => {
      const now = performance.now();
      // The file comes last: everything else of the form is sent before it.
      const loaded = Math.min(total, Math.max(0, sent - (all - total)));
      const {speed, remaining} = pace.add(loaded, now);
      if (loaded === last || (loaded < total && now - told < PACE)) return;
      told = now;
      last = loaded;
      const progress = Object.freeze({file, loaded, total, speed, remaining});
      try {
        onProgress?.(progress);
      } catch (error) {
        reportError(error);
      }
      this.#options.tell('sip-upload-progress', progress);
    };
  }
}

interface Upload {
  readonly file: Blob;
  readonly name: string;
  readonly type: number;
  readonly url: string;
  readonly options: UploadOptions;
}

async function orAborted<T>(
  promise: Promise<T>,
  subject: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  return unlessAborted(promise, [signal], () => aborted(subject, signal!));
}

function aborted(subject: string, {reason}: AbortSignal): SipError {
  return new SipError('aborted', {subject, cause: reason});
}
