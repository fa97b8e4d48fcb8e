import {ElementSound} from './element-sound.js';
import {GestureWait} from './gesture.js';

/** An element and the part of a conversation that it plays. */
export interface PlayedPart {
  readonly element: HTMLMediaElement;
  readonly of: 'remote' | 'local';
  readonly kinds: readonly ('audio' | 'video')[];
}

/** The tracks of each side: at most one of them video, since an element shows only one. */
export interface PlayedTracks {
  readonly remote: readonly MediaStreamTrack[];
  readonly local: readonly MediaStreamTrack[];
}

/** How loud the sound is, as a factor of 0–1, and on which of the user's two outputs it plays. */
export interface PlayedSound {
  readonly gain: number;
  readonly output: 'selected' | 'unselected';
}

/** What a playback needs from its owner. */
export interface PlaybackDelegate {
  /** Called when the browser blocks the sound, or no longer does. */
  onBlocked(blocked: boolean): void;
  /** Keeps the sound of an element on the chosen output until the returned function is called. */
  route(sound: ElementSound, output: PlayedSound['output']): () => void;
  /** Called when another owner has taken an element, or has left it: another part may have to play the sound. */
  onElementChange(): void;
}

/**
 * Plays a conversation in media elements, and follows changes of its tracks. Any number of elements show its video; exactly
 * one plays its sound.
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

  /**
   * Plays exactly these parts: an element that is left out stops. The first part with sound whose element is free plays the
   * sound.
   */
  play(parts: readonly PlayedPart[], {remote, local}: PlayedTracks, sound: PlayedSound): void {
    for (const [part, player] of this.#players) {
      if (parts.includes(part)) continue;
      this.#players.delete(part);
      player.close();
    }
    const players = parts.map((part) => {
      const player = this.#players.get(part) ?? new Player(part, this.#delegate, this.#onBlocked);
      this.#players.set(part, player);
      return player;
    });
    const sounding = players.find((player) => player.hasSound && player.isFree);
    // The others stop first: the same sound is never heard twice.
    for (const player of players) if (player !== sounding) player.play({remote, local});
    sounding?.play({remote, local}, sound);
    this.#onBlocked();
  }

  /** Releases all elements. */
  close(): void {
    this.play([], {remote: [], local: []}, {gain: 1, output: 'selected'});
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

/** One element, and the tracks that it plays. */
class Player {
  readonly #part: PlayedPart;
  readonly #delegate: PlaybackDelegate;
  readonly #onBlocked: () => void;
  #stream: MediaStream | undefined;
  /** What makes the element's sound; undefined while it plays none. */
  #sound: {readonly element: ElementSound; readonly output: string; readonly end: () => void} | undefined;
  #sounds = false;
  #blocked = false;

  constructor(part: PlayedPart, delegate: PlaybackDelegate, onBlocked: () => void) {
    this.#part = part;
    this.#delegate = delegate;
    this.#onBlocked = onBlocked;
    // Phones would play the video full screen otherwise.
    if ('playsInline' in part.element) part.element.playsInline = true;
    part.element.addEventListener('emptied', this.#onEmptied);
  }

  /** Whether the part has the other side's sound. */
  get hasSound(): boolean {
    return this.#part.of === 'remote' && this.#part.kinds.includes('audio');
  }

  /** Whether no other owner plays in the element by now, such as another call. */
  get isFree(): boolean {
    const now = this.#part.element.srcObject;
    return !this.#stream || !now || now === this.#stream;
  }

  /** Whether the browser blocks its sound. */
  get blocked(): boolean {
    return this.#blocked && this.#sounds;
  }

  /** @param sound - How the sound plays; undefined if another element plays it. */
  play(all: PlayedTracks, sound?: PlayedSound): void {
    const {element, of, kinds} = this.#part;
    const sounds = sound !== undefined;
    const tracks = all[of].filter(
      ({kind}) => (kinds as readonly string[]).includes(kind) && (sounds || kind !== 'audio'),
    );
    this.#sounds = sounds;
    if (!tracks.length) return this.#stop();
    if (!this.isFree) return this.#hush();
    const now = element.srcObject;
    const played = now && now === this.#stream ? this.#stream.getTracks() : [];
    if (tracks.length !== played.length || tracks.some((track) => !played.includes(track)))
      element.srcObject = this.#stream = new MediaStream(tracks);
    if (sound) this.#hear(sound);
    else this.#hush();
    this.resume();
  }

  /** Plays if playback was blocked, or paused because the element was moved; an element that the user paused stays paused. */
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
    this.#part.element.removeEventListener('emptied', this.#onEmptied);
    this.#stop();
  }

  /** Leaves the element. */
  #stop(): void {
    const {element} = this.#part;
    this.#hush();
    if (this.#stream && element.srcObject === this.#stream) element.srcObject = null;
    this.#stream = undefined;
    this.#blocked = false;
  }

  /** Plays with this gain on this output. */
  #hear({gain, output}: PlayedSound): void {
    const element = this.#sound?.element ?? new ElementSound(this.#part.element);
    element.setGain(gain, this.#sound !== undefined);
    if (this.#sound?.output === output) return;
    this.#sound?.end();
    this.#sound = {element, output, end: this.#delegate.route(element, output)};
  }

  /** Leaves the element's volume and output alone. */
  #hush(): void {
    this.#sound?.end();
    this.#sound?.element.end();
    this.#sound = undefined;
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked || !this.#stream) return;
    this.#blocked = blocked;
    this.#onBlocked();
  }

  readonly #onEmptied = (): void => {
    // Its own streams empty the element as well.
    if (this.#stream && this.#part.element.srcObject !== this.#stream) this.#delegate.onElementChange();
  };
}
