import {durations} from '../durations.js';
import {SipError} from '../errors.js';
import {TrackPicture} from './track-picture.js';

/**
 * Takes the track's newest picture at its full size, as a PNG.
 *
 * @throws {SipError} `no-picture` where none arrives.
 */
export async function takePhoto(track: MediaStreamTrack): Promise<Blob> {
  const picture = new TrackPicture(track);
  try {
    if (!(await picture.arrives(durations.photoPicture))) throw new SipError('no-picture');
    const {video} = picture;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d', {alpha: false})?.drawImage(video, 0, 0);
    const photo = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!photo) throw new SipError('internal', {subject: 'PNG'});
    return photo;
  } finally {
    picture.release();
  }
}
