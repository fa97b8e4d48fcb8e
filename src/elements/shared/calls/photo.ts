import type {Photo, PhotoOptions} from '../../../core/call/call-photo.js';
import type {SipCall} from '../../../core/call/call.js';

/** The detail of a `sip-photo` event. */
export interface PhotoDetail {
  readonly call: SipCall;
  /** The video frame at its full size: a PNG, or a JPEG if the name ends with `.jpg`. */
  readonly blob: Blob;
  /** The name of the downloaded file; empty if nothing is downloaded. */
  readonly name: string;
}

/**
 * Takes a photo, dispatches `sip-photo` on the element, and downloads the photo if the options have a name, unless the page
 * cancels the event.
 *
 * @returns The photo, and whether the page let it be downloaded.
 */
export async function takePhoto(
  element: HTMLElement,
  call: SipCall,
  options: PhotoOptions = {},
): Promise<Photo & {readonly saves: boolean}> {
  const photo = await call.photograph(options);
  const detail: PhotoDetail = {call, ...photo};
  const saves = element.dispatchEvent(
    new CustomEvent('sip-photo', {detail, bubbles: true, composed: true, cancelable: true}),
  );
  if (saves && photo.name) {
    const {download} = await import('../../../media/recording/download.js');
    download(photo.blob, photo.name);
  }
  return {...photo, saves};
}

declare global {
  interface HTMLElementEventMap {
    'sip-photo': CustomEvent<PhotoDetail>;
  }
}
