import {GestureWait} from './gesture.js';

/** An element and the part of a conversation that it plays. */
export interface PlayedPart {
  readonly element: HTMLMediaElement;
  readonly of: 'remote' | 'local';
  readonly kinds: readonly ('audio' | 'video')[];
  /** Whether it plays only while no other element plays the sound. */
  readonly spare?: boolean;
}

/** The tracks of each side: at most one of them video, since an element shows only one. */
export interface PlayedTracks {
  readonly remote: readonly MediaStreamTrack[];
  readonly local: readonly MediaStreamTrack[];
}

/** What a playback needs from its owner. */
export interface PlaybackDelegate {
  /** Called when the browser blocks the sound, or no longer does. */
  onBlocked(blocked: boolean): void;
  /** Keeps the sound of an element on the chosen speaker until the returned function is called. */
  route(element: HTMLMediaElement): () => void;
}

/**
 * Plays a conversation in media elements, and follows changes of its tracks.
 *
 * If the browser blocks sound until a user gesture, the sound starts at the first gesture.
 */
export class Playback {
  readonly #delegate: PlaybackDelegate;
  readonly #players = new Map<PlayedPart, Player>();
  readonly #gesture = new GestureWait(() => this.#resume());

  constructor(delegate: PlaybackDelegate) {
    this.#delegate = delegate;
  }

  /** Plays exactly these parts: an element that is left out stops. */
  play(parts: Iterable<PlayedPart>, {remote, local}: PlayedTracks): void {
    const all = [...parts];
    const sounds = all.some((part) => !part.spare && hasSound(part));
    const wanted = new Set(all.filter(({spare}) => !spare || !sounds));
    for (const [part, player] of this.#players) {
      if (wanted.has(part)) continue;
      this.#players.delete(part);
      player.close();
    }
    for (const part of wanted) {
      const player = this.#players.get(part) ?? new Player(part, this.#delegate, this.#onBlocked);
      this.#players.set(part, player);
      player.play(part.of === 'remote' ? remote : local);
    }
    this.#onBlocked();
  }

  /** Releases all elements. */
  close(): void {
    this.play([], {remote: [], local: []});
  }

  readonly #onBlocked = (): void => {
    const blocked = [...this.#players.values()].some((player) => player.blocked);
    this.#gesture.set(blocked);
    this.#delegate.onBlocked(blocked);
  };

  #resume(): void {
    for (const player of this.#players.values()) player.resume();
  }
}

/** One element, and what it plays. */
class Player {
  readonly #part: PlayedPart;
  readonly #delegate: PlaybackDelegate;
  readonly #onBlocked: () => void;
  #stream: MediaStream | undefined;
  #unroute: (() => void) | undefined;
  #blocked = false;

  constructor(part: PlayedPart, delegate: PlaybackDelegate, onBlocked: () => void) {
    this.#part = part;
    this.#delegate = delegate;
    this.#onBlocked = onBlocked;
    // Phones would play the video full screen otherwise.
    if ('playsInline' in part.element) part.element.playsInline = true;
  }

  /** Whether the browser blocks its sound. */
  get blocked(): boolean {
    return this.#blocked && hasSound(this.#part);
  }

  play(all: readonly MediaStreamTrack[]): void {
    const {element, kinds} = this.#part;
    const tracks = all.filter(({kind}) => (kinds as readonly string[]).includes(kind));
    if (!tracks.length) return this.close();
    const now = element.srcObject;
    // Another owner plays in the element now, such as another call.
    if (this.#stream && now && now !== this.#stream) return;
    const played = now && now === this.#stream ? this.#stream.getTracks() : [];
    if (tracks.length !== played.length || tracks.some((track) => !played.includes(track)))
      element.srcObject = this.#stream = new MediaStream(tracks);
    if (hasSound(this.#part)) this.#unroute ??= this.#delegate.route(element);
    this.resume();
  }

  /** Plays if playback was blocked, or paused because the element was moved; what the user paused stays paused. */
  resume(): void {
    const {element} = this.#part;
    if (!this.#stream || element.srcObject !== this.#stream || !element.paused) return;
    if (!this.#blocked && 'controls' in element && element.controls && element.played.length) return;
    element.play().then(
      () => this.#setBlocked(false),
      // An abort because another stream takes its place is not a block.
      (error: unknown) => (error as DOMException).name === 'NotAllowedError' && this.#setBlocked(true),
    );
  }

  close(): void {
    const {element} = this.#part;
    this.#unroute?.();
    this.#unroute = undefined;
    if (this.#stream && element.srcObject === this.#stream) element.srcObject = null;
    this.#stream = undefined;
    this.#blocked = false;
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked || !this.#stream) return;
    this.#blocked = blocked;
    this.#onBlocked();
  }
}

function hasSound({of, kinds}: PlayedPart): boolean {
  return of === 'remote' && kinds.includes('audio');
}
