import {GestureWait} from './gesture.js';

/** What an element plays of a conversation. */
export interface PlayedPart {
  readonly element: HTMLMediaElement;
  readonly of: 'remote' | 'local';
  readonly kinds: readonly ('audio' | 'video')[];
  /** It plays only while no other element plays the sound. */
  readonly spare?: boolean;
}

/** The tracks of each side: of pictures at most one, as an element shows no more. */
export interface PlayedTracks {
  readonly remote: readonly MediaStreamTrack[];
  readonly local: readonly MediaStreamTrack[];
}

/** What a playback needs from its owner. */
export interface PlaybackDelegate {
  /** The browser keeps the sound off, or does not any more. */
  onBlocked(blocked: boolean): void;
  /** Keeps the sound of an element on the chosen speaker until the function that it gives is called. */
  route(element: HTMLMediaElement): () => void;
}

/**
 * Plays a conversation in media elements, and goes on doing so when its tracks are others.
 *
 * Where the browser refuses sound until the user does something, it is heard at the first gesture.
 */
export class Playback {
  readonly #delegate: PlaybackDelegate;
  readonly #players = new Map<PlayedPart, Player>();
  readonly #gesture = new GestureWait(() => this.#resume());

  constructor(delegate: PlaybackDelegate) {
    this.#delegate = delegate;
  }

  /** Plays these parts and no others: an element that is left out plays nothing any more. */
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

  /** Lets all elements go. */
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
    // Phones would show the picture alone on the screen otherwise.
    if ('playsInline' in part.element) part.element.playsInline = true;
  }

  /** Whether the browser refuses its sound. */
  get blocked(): boolean {
    return this.#blocked && hasSound(this.#part);
  }

  play(all: readonly MediaStreamTrack[]): void {
    const {element, kinds} = this.#part;
    const tracks = all.filter(({kind}) => (kinds as readonly string[]).includes(kind));
    if (!tracks.length) return this.close();
    const now = element.srcObject;
    // Somebody else plays in it by now, another call for example.
    if (this.#stream && now && now !== this.#stream) return;
    const played = now && now === this.#stream ? this.#stream.getTracks() : [];
    if (tracks.length !== played.length || tracks.some((track) => !played.includes(track)))
      element.srcObject = this.#stream = new MediaStream(tracks);
    if (hasSound(this.#part)) this.#unroute ??= this.#delegate.route(element);
    this.resume();
  }

  /** Plays what was refused, or was paused because the element was moved; what its user paused stays so. */
  resume(): void {
    const {element} = this.#part;
    if (!this.#stream || element.srcObject !== this.#stream || !element.paused) return;
    if (!this.#blocked && 'controls' in element && element.controls && element.played.length) return;
    element.play().then(
      () => this.#setBlocked(false),
      // Another stream that takes its place is no refusal.
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
