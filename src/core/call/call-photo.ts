import {SipError} from '../../errors.js';
import type {CallSource} from './call-state.js';
import {fileName, filledIn} from '../util/file-name.js';

/** Options of a photo. */
export interface PhotoOptions {
  /**
   * The name of a download of the photo; without it nothing is downloaded. `{number}` and `{name}` of the other side,
   * `{id}` of the call and `{time}` are replaced, `{{` is a brace. With the extension `.jpg` or `.jpeg` the photo is a
   * JPEG, otherwise a PNG.
   */
  readonly name?: string | undefined;
  /** Whose video: the other side's by default. */
  readonly of?: 'remote' | 'local';
}

/**
 * Returns the video track to show: the one already shown, or the first that receives data. The browser reports by
 * `muted` whether a track receives data.
 */
export function shownPicture(
  tracks: readonly MediaStreamTrack[],
  before?: MediaStreamTrack,
): MediaStreamTrack | undefined {
  const live = tracks.filter(({readyState}) => readyState === 'live');
  const coming = live.filter(({muted}) => !muted);
  return coming.find((track) => track === before) ?? coming[0] ?? live[0];
}

/** Returns the video track that a call shows of one side at the moment; undefined if it shows none. */
export function pictureOf(call: CallSource, of: 'remote' | 'local'): MediaStreamTrack | undefined {
  const {held, remoteHeld} = call.state;
  // A held call may keep its last frame, which is outdated.
  if (of === 'remote' && (held || remoteHeld)) return undefined;
  const stream = of === 'remote' ? call.remoteStream : call.localStream;
  return stream && shownPicture(stream.getVideoTracks());
}

/** A photo, and the name of its file; the name is empty if the options have none. */
export interface Photo {
  readonly blob: Blob;
  readonly name: string;
}

/**
 * Takes a photo of a call, without downloading it.
 *
 * @throws {SipError} `no-picture`; `bad-parameter` if the name's pattern has an unknown placeholder.
 */
export async function photoOf(call: CallSource, {name, of = 'remote'}: PhotoOptions): Promise<Photo> {
  const track = pictureOf(call, of);
  if (!track) throw new SipError('no-picture', {subject: call.remote.number});
  const {kindOf, takePhoto} = await import('../../media/recording/photo.js');
  const {ending, type} = kindOf(name);
  const named = name === undefined ? '' : fileName(filledIn(name, call), ending, 'photo');
  return {blob: await takePhoto(track, type), name: named};
}
