import type {LegPort} from '../leg-port.js';
import {PictureSource, type Picture} from './picture-source.js';
import {connect, type Route} from '../routing.js';

/** A viewer, whose own video may be shown. */
export interface Viewer {
  /** @internal */
  readonly port: LegPort;
  /** Their own video. */
  readonly picture: PictureSource;
  /** @internal The video that they see, and its route. */
  shown: {readonly picture: Picture; readonly route: Route} | undefined;
}

/** Shows one video to all; its owner sees the one shown before it. */
export class PictureSwitch {
  readonly #onShown: (viewer: Viewer) => void;
  readonly #viewers = new Set<Viewer>();
  /** The videos that can be shown, the last shown first. */
  #pictures: readonly Picture[] = [];

  /** @param onShown - Called when a viewer is shown another video, or none. */
  constructor(onShown: (viewer: Viewer) => void) {
    this.#onShown = onShown;
  }

  /** @param audience - Whether their video is hidden from the others. */
  add(port: LegPort, audience: boolean): Viewer {
    const viewer: Viewer = {port, picture: new PictureSource(port), shown: undefined};
    this.#viewers.add(viewer);
    if (!audience) this.addPicture(viewer.picture);
    return viewer;
  }

  delete(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    this.#show(viewer, undefined);
    this.deletePicture(viewer.picture);
    viewer.picture.close();
  }

  /** Adds video that belongs to no viewer. */
  addPicture(picture: Picture): void {
    this.#pictures = [...this.#pictures, picture];
  }

  deletePicture(picture: Picture): void {
    this.#pictures = this.#pictures.filter((other) => other !== picture);
    for (const viewer of this.#viewers) if (viewer.shown?.picture === picture) this.#show(viewer, undefined);
  }

  /** Chooses again: the first wanted video that is live, else the one shown before, else any live one. */
  follow(wanted: readonly (Picture | undefined)[]): void {
    const first = wanted.find((picture) => picture?.live && this.#pictures.includes(picture));
    if (first && first !== this.#pictures[0])
      this.#pictures = [first, ...this.#pictures.filter((picture) => picture !== first)];
    const live = this.#pictures.filter((picture) => picture.live);
    for (const viewer of this.#viewers)
      this.#show(
        viewer,
        live.find((picture) => picture !== viewer.picture),
      );
  }

  #show(viewer: Viewer, picture: Picture | undefined): void {
    if (viewer.shown?.picture === picture) return;
    viewer.shown?.route.close();
    viewer.shown = picture && {picture, route: connect(picture.stream(), viewer.port)};
    this.#onShown(viewer);
  }
}
