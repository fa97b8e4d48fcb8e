import type {BaseClient} from '../core/client/client.js';
import {webUrlAt} from '../core/util/url.js';
import {SipError, toSipError} from '../errors.js';
import type {UploadProgress} from '../core/uploads/upload-events.js';
import {tell} from './delegate.js';
import {accountOf, judged, numberOf, report, requiredText, textOf} from './run.js';

/** A running upload. */
export interface UploadHandle {
  /** Cancels the upload; nothing is reported afterwards. */
  abort(): void;
}

/** The page's callbacks for an HTTP request. */
export interface HttpDelegate {
  onResponse?(path: string, xhr: XMLHttpRequest): void;
}

/**
 * Uploads a file to the server; calls `onFileUploadprogress` and `onFileUploadResult`.
 *
 * @param ftype - `AllEnum.FileType`; 0 derives it from the file.
 */
export function httpUploadStart(filename: string, ftype: number, file: Blob): UploadHandle {
  const ending = new AbortController();
  report('httpUploadStart', async () => {
    const account = accountOf('httpUploadStart');
    const name = requiredText('httpUploadStart', 'filename', filename);
    const type = numberOf('httpUploadStart', 'ftype', ftype) || undefined;
    if (!(file instanceof Blob)) throw new SipError('bad-argument', {subject: 'httpUploadStart, file'});
    const onProgress = (progress: UploadProgress): void => {
      if (!ending.signal.aborted) tell(account.delegate, 'onFileUploadprogress', name, ...textsOf(progress));
    };
    try {
      const {ok, response} = await account.client.upload(file, {
        name,
        type,
        signal: ending.signal,
        onProgress,
      });
      if (!ending.signal.aborted) tell(account.delegate, 'onFileUploadResult', name, ok, response);
    } catch (error) {
      if (!ending.signal.aborted)
        tell(account.delegate, 'onFileUploadResult', name, false, toSipError(error).message);
    }
  });
  return {abort: () => ending.abort()};
}

/** Cancels an upload. */
export function httpUploadStop(handle: UploadHandle | null | undefined): void {
  report('httpUploadStop', async () => {
    if (typeof handle?.abort !== 'function')
      throw new SipError('bad-argument', {subject: 'httpUploadStop, handle'});
    handle.abort();
  });
}

/**
 * Fetches a path from the server's web address.
 *
 * @param path - `/uploads/…`, or an absolute URL.
 */
export function ClienthttpGet(path: string, delegate: HttpDelegate): void {
  report('ClienthttpGet', async () => {
    const {client} = accountOf('ClienthttpGet');
    const wanted = requiredText('ClienthttpGet', 'path', path);
    const base = /^https?:/i.test(wanted) ? undefined : await webUrl(client);
    const url = judged('ClienthttpGet', 'path', path, () => new URL(wanted, base));
    const xhr = new XMLHttpRequest();
    xhr.open('GET', url);
    xhr.addEventListener('loadend', () => {
      try {
        delegate?.onResponse?.(path, xhr);
      } catch (error) {
        reportError(error);
      }
    });
    xhr.send();
  });
}

/**
 * Returns the bytes of a `data:` URL, such as a canvas gives, as a file of its type. Reports a text that is none, and
 * returns an empty file.
 */
export function dataURLtoBlob(dataurl: string): Blob {
  const text = textOf(dataurl);
  let blob = new Blob();
  report('dataURLtoBlob', async () => {
    blob = judged('dataURLtoBlob', 'dataurl', text.slice(0, 40), () => blobOf(text));
  });
  return blob;
}

/** @throws if the text is no `data:` URL. */
function blobOf(dataurl: string): Blob {
  const [, head, data] = /^data:([^,]*),(.*)$/is.exec(dataurl)!;
  const type = head!.replace(/;base64$/i, '');
  const text = decodeURIComponent(data!);
  const bytes = type === head ? text : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], {type});
}

/** The base URL of the server's web pages. */
async function webUrl(client: BaseClient): Promise<URL> {
  const {webPort} = await client.getLoginInfo();
  return webUrlAt(client.options.server, webPort);
}

/** Formats progress as `35%`, `12.5k/s`, and the remaining seconds. */
function textsOf({loaded, total, speed, remaining}: UploadProgress): [string, string, string] {
  const percent = total ? Math.floor((loaded / total) * 100) : 100;
  const [value, unit] =
    speed >= 1024 * 1024
      ? [speed / 1024 / 1024, 'M/s']
      : speed >= 1024
        ? [speed / 1024, 'k/s']
        : [speed, 'b/s'];
  return [
    `${percent}%`,
    `${value.toFixed(1)}${unit}`,
    Number.isFinite(remaining) ? remaining.toFixed(1) : '-',
  ];
}
