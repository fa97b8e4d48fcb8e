import {mediaDurations} from '../../durations/media.js';
import {SipError} from '../../errors.js';
import {TrackPicture} from './track-picture.js';

/** Returns the image format for a file name: JPEG by its extension, otherwise PNG. */
export function kindOf(name: string | undefined): {readonly ending: string; readonly type: string} {
  const [, ending] = /\.(jpe?g)$/.exec(String(name).toLowerCase()) ?? [];
  return ending === undefined ? {ending: 'png', type: 'image/png'} : {ending, type: 'image/jpeg'};
}

/**
 * Takes the newest frame of the track at its full size.
 *
 * @throws {SipError} `no-picture` if no frame arrives.
 */
export async function takePhoto(track: MediaStreamTrack, type = 'image/png'): Promise<Blob> {
  const picture = new TrackPicture(track);
  try {
    if (!(await picture.arrives(mediaDurations.photoPicture))) throw new SipError('no-picture');
    const {video} = picture;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d', {alpha: false})?.drawImage(video, 0, 0);
    const photo = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type));
    if (!photo) throw new SipError('internal', {subject: type});
    return photo;
  } finally {
    picture.release();
  }
}
