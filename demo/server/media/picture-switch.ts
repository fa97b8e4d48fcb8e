import type {LegPort} from './leg-port.js';
import {PictureSource} from './picture-source.js';
import {connect, type Route} from './routing.js';

/** One who sees, and may be seen. */
export interface Viewer {
  /** @internal */
  readonly port: LegPort;
  /** His own picture. */
  readonly picture: PictureSource;
  /** Whether he is shown to nobody. */
  readonly audience: boolean;
  /** @internal Whose picture he sees, and how it gets there. */
  shown: {readonly of: Viewer; readonly route: Route} | undefined;
}

/** Shows one picture to all; the one whose it is sees the picture before it. */
export class PictureSwitch {
  readonly #viewers = new Set<Viewer>();
  /** Those who were shown, the last one first. */
  #order: Viewer[] = [];

  add(port: LegPort, audience: boolean): Viewer {
    const viewer: Viewer = {port, picture: new PictureSource(port), audience, shown: undefined};
    this.#viewers.add(viewer);
    return viewer;
  }

  delete(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    this.#order = this.#order.filter((other) => other !== viewer);
    viewer.picture.close();
    for (const each of this.#viewers) if (each.shown?.of === viewer) this.#show(each, undefined);
    this.#show(viewer, undefined);
  }

  /** Chooses anew: the pushed one, else the one who speaks, else whoever can be seen. */
  follow(pushed: Viewer | undefined, speaker: Viewer | undefined): void {
    const first = [pushed, speaker].find((viewer) => viewer?.picture.live);
    if (first && first !== this.#order[0])
      this.#order = [first, ...this.#order.filter((viewer) => viewer !== first)];
    for (const viewer of this.#viewers) if (!this.#order.includes(viewer)) this.#order.push(viewer);
    const live = this.#order.filter(({picture, audience}) => !audience && picture.live);
    for (const viewer of this.#viewers)
      this.#show(
        viewer,
        live.find((other) => other !== viewer),
      );
  }

  #show(viewer: Viewer, of: Viewer | undefined): void {
    if (viewer.shown?.of === of) return;
    viewer.shown?.route.close();
    viewer.shown = of && {of, route: connect(of.picture, viewer.port)};
  }
}
