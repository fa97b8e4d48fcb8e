import type {Leg} from './leg.js';
import {Mixer, type MixerPort, type MixerVoice, type SoundSource} from './sound/mixer.js';
import type {Picture} from './picture/picture-source.js';
import {PictureSwitch, type Viewer} from './picture/picture-switch.js';
import {connect} from './routing.js';
import {Speakers} from './sound/speakers.js';

/** After how many frames of sound the video is chosen again. */
const CHOICE = 10;

/** Something to play to a room; it is read at the pace of the sound, even if it has none. */
export interface Playable extends SoundSource {
  readonly picture: Picture | undefined;
}

/** Something that is played to a room. */
export class Played {
  readonly #voice: MixerVoice;
  readonly #talks: () => boolean;
  readonly #stop: () => void;

  /** @internal Created by `Room.play()`. */
  constructor(voice: MixerVoice, talks: () => boolean, stop: () => void) {
    this.#voice = voice;
    this.#talks = talks;
    this.#stop = stop;
  }

  /** Whether it sounds now. */
  get talking(): boolean {
    return this.#talks();
  }

  /** @internal */
  get level(): number {
    return this.#voice.level;
  }

  /** Ends it. Idempotent. */
  leave(): void {
    this.#stop();
  }
}

/** A leg's seat in a room. */
export class Seat {
  readonly #room: Room;
  /** @internal */
  readonly port: MixerPort;
  /** @internal */
  readonly viewer: Viewer;
  readonly #leg: Leg;
  readonly #leave: () => void;
  #speaks = true;
  #listener: (() => Leg | undefined) | undefined;

  /** @internal Created by `Room.enter()`. */
  constructor(room: Room, leg: Leg, port: MixerPort, viewer: Viewer, leave: () => void) {
    this.#room = room;
    this.#leg = leg;
    this.port = port;
    this.viewer = viewer;
    this.#leave = leave;
  }

  /** Whether the others may hear it. */
  set speaks(speaks: boolean) {
    this.#speaks = speaks;
    this.follow();
  }

  /** Whispers to one leg alone, whichever it is at the time; to nobody while there is none. */
  whisperTo(listener: () => Leg | undefined): void {
    this.#listener = listener;
    this.follow();
  }

  /** Whether it hears the others. */
  set hears(hears: boolean) {
    this.port.hears = hears;
  }

  /** Whether it talks now. */
  get talking(): boolean {
    return this.#room.talks(this);
  }

  /** Whether its client negotiated to send video. */
  get visible(): boolean {
    return this.#leg.video.flow.sends;
  }

  /** How loud it is, 0–1. */
  get level(): number {
    return this.port.level;
  }

  /** @internal */
  isOf(leg: Leg): boolean {
    return this.#leg === leg;
  }

  /** @internal A client that holds the call is not heard, whatever it sends, such as music. */
  follow(): void {
    const leg = this.#listener?.();
    this.port.listener = leg && this.#room.portOf(leg);
    const isHeard = this.#speaks && (!this.#listener || this.port.listener !== undefined);
    this.port.speaks = isHeard && !this.#leg.audio.held;
  }

  /** Leaves the room. Idempotent. */
  leave(): void {
    this.#leave();
  }
}

/** A room in which all users hear each other, and see the pushed user, else what is played, else the speaker. */
export class Room {
  /** Called when a user or something played begins or stops to talk. */
  onTalking: (one: Seat | Played) => void = () => undefined;
  /** Called when a user is shown another video, or none. */
  onShown: (seat: Seat) => void = () => undefined;
  readonly #onClosed: (room: Room) => void;
  readonly #mixer = new Mixer((index) => this.#follow(index));
  readonly #pictures = new PictureSwitch((viewer) => {
    const seat = this.#seatOf((each) => each.viewer === viewer);
    if (seat) this.onShown(seat);
  });
  readonly #speakers = new Speakers<Seat>();
  readonly #seats = new Set<Seat>();
  /** Which played sources sound; kept apart, so that music does not replace the video of a speaker. */
  readonly #sounds = new Speakers<Played>();
  /** What is played, the newest last. */
  readonly #played = new Map<Played, Picture | undefined>();
  #pushed: Seat | undefined;

  /** @internal Created by `MediaServer`. */
  constructor(onClosed: (room: Room) => void) {
    this.#onClosed = onClosed;
  }

  /**
   * Moves a leg into the room; its other routes end.
   *
   * @param audience - Whether its video is hidden from the others.
   */
  enter(leg: Leg, audience = false): Seat {
    const port = this.#mixer.add();
    const viewer = this.#pictures.add(leg.video, audience);
    const routes = [connect(leg.audio, port.input), connect(port.output, leg.audio)];
    const seat = new Seat(this, leg, port, viewer, () => {
      if (!this.#seats.delete(seat)) return;
      for (const route of routes) route.close();
      if (this.#pushed === seat) this.#pushed = undefined;
      this.#mixer.delete(port);
      this.#speakers.delete(seat);
      this.#pictures.delete(viewer);
    });
    this.#seats.add(seat);
    this.#speakers.add(seat);
    return seat;
  }

  /** Plays something to all. */
  play(playable: Playable): Played {
    const voice = this.#mixer.play(playable);
    const {picture} = playable;
    const played: Played = new Played(
      voice,
      () => this.#sounds.talks(played),
      () => {
        if (!this.#played.delete(played)) return;
        this.#mixer.delete(voice);
        this.#sounds.delete(played);
        if (picture) this.#pictures.deletePicture(picture);
        this.#choose();
      },
    );
    this.#played.set(played, picture);
    this.#sounds.add(played);
    if (picture) this.#pictures.addPicture(picture);
    return played;
  }

  /** Shows a user to all, or the speaker again if undefined. */
  push(seat: Seat | undefined): void {
    this.#pushed = seat;
    this.#choose();
  }

  /** Returns the user whose video another one is shown; undefined if there is none, or if it is that of a file. */
  shownTo({viewer}: Seat): Seat | undefined {
    const picture = viewer.shown?.picture;
    return picture && this.#seatOf((each) => each.viewer.picture === picture);
  }

  /** @internal */
  portOf(leg: Leg): MixerPort | undefined {
    return this.#seatOf((seat) => seat.isOf(leg))?.port;
  }

  /** @internal */
  talks(seat: Seat): boolean {
    return this.#speakers.talks(seat);
  }

  /** Closes the room. Idempotent. */
  close(): void {
    for (const each of [...this.#seats, ...this.#played.keys()]) each.leave();
    this.#mixer.close();
    this.#onClosed(this);
  }

  #seatOf(fits: (seat: Seat) => boolean): Seat | undefined {
    return [...this.#seats].find(fits);
  }

  #follow(index: number): void {
    for (const seat of this.#seats) seat.follow();
    for (const each of [...this.#speakers.follow(), ...this.#sounds.follow()]) this.onTalking(each);
    if (index % CHOICE === 0) this.#choose();
  }

  #choose(): void {
    const played = [...this.#played.values()].filter((picture) => picture !== undefined).reverse();
    this.#pictures.follow([this.#pushed?.viewer.picture, ...played, this.#speakers.speaker?.viewer.picture]);
  }
}
