import type {RemotePicture} from '../types.js';

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
   * @param labels - What it calls its lines, by mid and in their order.
   */
  update(tracks: ReadonlyMap<string, MediaStreamTrack>, labels: ReadonlyMap<string, string>): void {
    const lines = [...labels.keys()];
    const inOrder = [...tracks].sort(([one], [other]) => lines.indexOf(one) - lines.indexOf(other));
    this.#pictures = inOrder.flatMap(([id, track]) => {
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
