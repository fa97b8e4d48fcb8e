import type {VariantName, Width} from './variants.js';

/** One state of one element. */
export interface Scene {
  /** The variants whose pictures are committed and compared. */
  readonly kept: readonly VariantName[];
  /** Brings the page into the state; resolves once the state is shown. */
  readonly reach: () => Promise<void>;
  /** The picture shows the whole window, because something lies above the page. */
  readonly whole?: boolean;
  /** The only width at which there is such a state. */
  readonly only?: Width;
  /** A finger is the only pointer. */
  readonly touch?: boolean;
}

/** Scenes by their names, which begin with the element's: `call-held`. */
export type Scenes = Readonly<Record<string, Scene>>;

/** What the page of the scenes offers to the driver. */
export interface Album {
  /** The name of each scene, what is kept of it, and how it is taken. */
  readonly list: readonly (Omit<Scene, 'reach'> & {readonly name: string})[];
  reach(name: string): Promise<void>;
  /** Changes the language; resolves once everything is drawn in it and nothing moves. */
  settle(language: string): Promise<void>;
  /** Returns the texts of the interface that are cut. */
  shortened(): readonly string[];
}
