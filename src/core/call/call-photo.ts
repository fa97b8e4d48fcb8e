import {SipError} from '../../errors.js';
import type {CallSource} from './call-state.js';
import {fileName, filledIn} from '../util/file-name.js';

/** Of what a photo is taken, and how it is kept. */
export interface PhotoOptions {
  /**
   * The name under which it is downloaded as well; not downloaded if there is none. `{number}` and `{name}` of the other
   * side, `{id}` of the call and `{time}` are filled in, `{{` is a brace. With `.jpg` or `.jpeg` at its end the photo is a
   * JPEG, otherwise a PNG.
   */
  readonly name?: string | undefined;
  /** Whose picture: the other side's by default. */
  readonly of?: 'remote' | 'local';
}

/**
 * Of several pictures the one to show: that which is shown already, or the first that comes. Whether one comes the browser
 * tells by `muted`.
 */
export function shownPicture(
  tracks: readonly MediaStreamTrack[],
  before?: MediaStreamTrack,
): MediaStreamTrack | undefined {
  const live = tracks.filter(({readyState}) => readyState === 'live');
  const coming = live.filter(({muted}) => !muted);
  return coming.find((track) => track === before) ?? coming[0] ?? live[0];
}

/** The picture that a call shows of one side at this moment; undefined where it shows none. */
export function pictureOf(call: CallSource, of: 'remote' | 'local'): MediaStreamTrack | undefined {
  const {held, remoteHeld} = call.state;
  // Of a call that is held the last picture may be left, which is nobody's any more.
  if (of === 'remote' && (held || remoteHeld)) return undefined;
  const stream = of === 'remote' ? call.remoteStream : call.localStream;
  return stream && shownPicture(stream.getVideoTracks());
}

/**
 * Takes a photo of a call; downloads it where it has a name.
 *
 * @throws {SipError} `no-picture`; `bad-parameter` where the name's pattern has a part that there is not.
 */
export async function photoOf(call: CallSource, {name, of = 'remote'}: PhotoOptions): Promise<Blob> {
  const track = pictureOf(call, of);
  if (!track) throw new SipError('no-picture', {subject: call.remote.number});
  const {kindOf, takePhoto} = await import('../../media/recording/photo.js');
  const {ending, type} = kindOf(name);
  const named = name === undefined ? undefined : fileName(filledIn(name, call), ending, 'photo');
  const photo = await takePhoto(track, type);
  if (named !== undefined) {
    const {download} = await import('../../media/recording/download.js');
    download(photo, named);
  }
  return photo;
}
