import type {RemotePicture} from '../types.js';

/** The other side's video streams; each `MediaStream` stays the same as long as its media line. */
export class RemotePictures {
  #pictures: readonly RemotePicture[] = [];

  /** The current video streams, in the order of their media lines. */
  get list(): readonly RemotePicture[] {
    return this.#pictures;
  }

  /**
   * Updates the list after a negotiation.
   *
   * @param tracks - The tracks of the other side, by mid.
   * @param labels - The other side's labels of its lines, by mid and in their order.
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

  /** Removes all video streams. */
  clear(): void {
    this.#pictures = [];
  }
}
