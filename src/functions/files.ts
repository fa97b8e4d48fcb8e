import type {BaseClient} from '../core/client/client.js';
import {webUrlAt} from '../core/util/url.js';
import {SipError, toSipError} from '../errors.js';
import type {UploadProgress} from '../core/uploads/upload-events.js';
import {tell} from './delegate.js';
import {accountOf, judged, numberOf, report, requiredText, textOf} from './run.js';

/** What `httpUploadStop` cancels: the request that `httpUploadStart` returned. */
export type UploadHandle = Pick<XMLHttpRequest, 'abort'>;

/** Creates a request that the page can cancel at any time, also while it waits for its address or its turn. */
function pageRequest(): {readonly request: XMLHttpRequest; readonly signal: AbortSignal} {
  const request = new XMLHttpRequest();
  const ending = new AbortController();
  request.abort = () => {
    ending.abort();
    XMLHttpRequest.prototype.abort.call(request);
  };
  return {request, signal: ending.signal};
}

/** The page's callbacks for an HTTP request. */
export interface HttpDelegate {
  onResponse?(path: string, xhr: XMLHttpRequest): void;
}

/**
 * Uploads a file to the server; calls `onFileUploadprogress` and `onFileUploadResult`. Returns the request, which
 * `httpUploadStop` or its own `abort()` cancels: nothing is reported afterwards.
 *
 * @param ftype - `AllEnum.FileType`; 0 derives it from the file.
 */
export function httpUploadStart(filename: string, ftype: number, file: Blob): XMLHttpRequest {
  const {request, signal} = pageRequest();
  report('httpUploadStart', async () => {
    const account = accountOf('httpUploadStart');
    const name = requiredText('httpUploadStart', 'filename', filename);
    const type = numberOf('httpUploadStart', 'ftype', ftype) || undefined;
    if (!(file instanceof Blob)) throw new SipError('bad-argument', {subject: 'httpUploadStart, file'});
    const onProgress = (progress: UploadProgress): void => {
      if (!signal.aborted) tell(account.delegate, 'onFileUploadprogress', name, ...textsOf(progress));
    };
    try {
      const {ok, response} = await account.client.upload(file, {
        name,
        type,
        request,
        signal,
        onProgress,
      });
      if (!signal.aborted) tell(account.delegate, 'onFileUploadResult', name, ok, response);
    } catch (error) {
      if (!signal.aborted)
        tell(account.delegate, 'onFileUploadResult', name, false, toSipError(error).message);
    }
  });
  return request;
}

/** Cancels an upload. */
export function httpUploadStop(xhr: UploadHandle | null | undefined): void {
  report('httpUploadStop', async () => {
    if (typeof xhr?.abort !== 'function')
      throw new SipError('bad-argument', {subject: 'httpUploadStop, xhr'});
    xhr.abort();
  });
}

/**
 * Fetches a path from the server's web address. Returns the request; its `abort()` cancels it without a callback.
 *
 * @param path - `/uploads/…`, or an absolute URL.
 */
export function ClienthttpGet(path: string, delegate: HttpDelegate): XMLHttpRequest {
  const {request, signal} = pageRequest();
  report('ClienthttpGet', async () => {
    const {client} = accountOf('ClienthttpGet');
    const wanted = requiredText('ClienthttpGet', 'path', path);
    const base = /^https?:/i.test(wanted) ? undefined : await webUrl(client);
    const url = judged('ClienthttpGet', 'path', path, () => new URL(wanted, base));
    if (signal.aborted) return;
    request.open('GET', url);
    request.addEventListener('loadend', () => signal.aborted || delegate?.onResponse?.(path, request));
    request.send();
  });
  return request;
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
