import {mediaLines} from './description.js';
import type {RemotePicture} from './types.js';

/** The other side's pictures, each in a stream of its own that stays the same while its line does. */
export class RemotePictures {
  #pictures: readonly RemotePicture[] = [];

  /** The pictures at this moment, in the order of their lines. */
  get list(): readonly RemotePicture[] {
    return this.#pictures;
  }

  /**
   * Takes what came of a negotiation.
   *
   * @param tracks - The tracks of the other side, by mid.
   * @param description - What it says of them.
   */
  update(tracks: ReadonlyMap<string, MediaStreamTrack>, description: string): void {
    const labels = new Map(mediaLines(description).map(({mid, label}) => [mid, label]));
    this.#pictures = [...tracks].flatMap(([id, track]) => {
      if (track.kind !== 'video') return [];
      const label = labels.get(id) ?? '';
      const before = this.#pictures.find((picture) => picture.id === id);
      if (before?.label === label && before.stream.getTracks()[0] === track) return [before];
      return [Object.freeze({id, label, stream: new MediaStream([track])})];
    });
  }

  /** There are none any more. */
  clear(): void {
    this.#pictures = [];
  }
}
