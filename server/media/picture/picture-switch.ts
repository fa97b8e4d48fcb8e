import type {LegPort} from '../leg-port.js';
import {PictureSource, type Picture} from './picture-source.js';
import {connect, type Route} from '../routing.js';

/** One who sees, and may be seen. */
export interface Viewer {
  /** @internal */
  readonly port: LegPort;
  /** His own picture. */
  readonly picture: PictureSource;
  /** @internal Which picture he sees, and how it gets there. */
  shown: {readonly picture: Picture; readonly route: Route} | undefined;
}

/** Shows one picture to all; the one whose it is sees the picture before it. */
export class PictureSwitch {
  readonly #viewers = new Set<Viewer>();
  /** What can be shown: what was shown last comes first. */
  #pictures: readonly Picture[] = [];

  /** @param audience - Whether he is shown to nobody. */
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

  /** Adds a picture of nobody. */
  addPicture(picture: Picture): void {
    this.#pictures = [...this.#pictures, picture];
  }

  deletePicture(picture: Picture): void {
    this.#pictures = this.#pictures.filter((other) => other !== picture);
    for (const viewer of this.#viewers) if (viewer.shown?.picture === picture) this.#show(viewer, undefined);
  }

  /** Chooses anew: the first of the wanted ones that can be seen, else what was shown before, else whatever there is. */
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
  }
}
