import {SipError} from '../../errors.js';
import type {PlayedPart, Playback} from '../../media/audio/playback.js';
import type {CallSource} from './call-state.js';
import {shownPicture} from './call-photo.js';
import type {SipDevices} from '../devices/devices.js';
import type {CallElements} from '../types.js';

export type {PlayedPart} from '../../media/audio/playback.js';

/** Somebody that plays a call, until it ends that. */
export interface Playing {
  /** Looks whether everything plays: moving an element pauses it. */
  refresh(): void;
  /** Lets the elements go. Idempotent. */
  end(): void;
}

/** Plays a call in media elements: the page's, and those of our own elements. All let go of it at its end. */
export class CallPlayback {
  readonly #call: CallSource;
  readonly #onBlocked: (blocked: boolean) => void;
  readonly #devices: SipDevices | undefined;
  readonly #parts = new Set<PlayedPart>();
  readonly #pictures = new Map<'remote' | 'local', MediaStreamTrack | undefined>();
  #loading: Promise<void> | undefined;
  #playback: Playback | undefined;
  #attached: Playing | undefined;

  /**
   * @param devices - Whose speaker it plays on; the system's without them.
   * @param onBlocked - Told whether the browser keeps the sound off.
   */
  constructor(call: CallSource, devices: SipDevices | undefined, onBlocked: (blocked: boolean) => void) {
    this.#call = call;
    this.#devices = devices;
    this.#onBlocked = onBlocked;
  }

  /** Plays in the page's elements, instead of those that it gave before. @throws {SipError} `bad-parameter` */
  attach(elements: CallElements): void {
    const parts = partsOf(elements);
    this.detach();
    this.#attached = this.play(parts);
  }

  detach(): void {
    this.#attached?.end();
    this.#attached = undefined;
  }

  /** Plays the parts, beside what plays already. */
  play(parts: readonly PlayedPart[]): Playing {
    if (!this.#parts.size) this.#listen(true);
    for (const part of parts) this.#parts.add(part);
    this.#refresh();
    return {
      refresh: this.#refresh,
      end: () => {
        for (const part of parts) this.#parts.delete(part);
        if (!this.#parts.size) this.#listen(false);
        this.#refresh();
      },
    };
  }

  #listen(listens: boolean): void {
    const call = this.#call;
    for (const type of ['statechange', 'streamschange'] as const)
      if (listens) call.addEventListener(type, this.#refresh);
      else call.removeEventListener(type, this.#refresh);
  }

  readonly #refresh = (): void => {
    const {state, remoteStream: remote, localStream: local} = this.#call;
    const over = state.phase === 'released';
    if (over) {
      this.#listen(false);
      this.#parts.clear();
    }
    if (this.#playback)
      this.#playback.play(this.#parts, {
        remote: this.#shown('remote', remote),
        local: this.#shown('local', local),
      });
    // Nothing is loaded for a call that has nothing to play yet.
    else if (this.#parts.size && (remote ?? local)) this.#loading ??= this.#load();
  };

  /** What is played of a side: its sound, and the picture that comes. */
  #shown(of: 'remote' | 'local', stream: MediaStream | undefined): readonly MediaStreamTrack[] {
    const pictures = stream?.getVideoTracks() ?? [];
    const picture = shownPicture(pictures, this.#pictures.get(of));
    this.#pictures.set(of, picture);
    // Which one comes may change; a listener that is there already is not added again.
    if (pictures.length > 1)
      for (const track of pictures)
        for (const type of ['mute', 'unmute']) track.addEventListener(type, this.#refresh);
    return [...(stream?.getAudioTracks() ?? []), ...(picture ? [picture] : [])];
  }

  async #load(): Promise<void> {
    try {
      const {Playback} = await import('../../media/audio/playback.js');
      this.#playback = new Playback({
        onBlocked: this.#onBlocked,
        route: (element) => this.#devices?.route(element, 'speaker') ?? (() => {}),
      });
      this.#refresh();
    } catch {
      // Asked for again at the next change.
      this.#loading = undefined;
    }
  }
}

/**
 * What the page's elements play: the sound in `remoteAudio`, else in `remoteVideo`, else in an element of ours. An `<audio>`
 * in the place of a picture plays what it can.
 */
function partsOf(elements: CallElements): PlayedPart[] {
  const given = elements as CallElements | null | undefined;
  if (typeof given !== 'object' || !given) throw new SipError('bad-parameter', {subject: 'attach'});
  const localVideo = checked(given, 'localVideo');
  const remoteVideo = checked(given, 'remoteVideo');
  const remoteAudio = checked(given, 'remoteAudio') ?? remoteVideo;
  const parts: PlayedPart[] = [];
  if (isPicture(localVideo)) parts.push({element: localVideo, of: 'local', kinds: ['video']});
  if (isPicture(remoteVideo) && remoteVideo !== remoteAudio)
    parts.push({element: remoteVideo, of: 'remote', kinds: ['video']});
  if (remoteAudio) {
    const both = remoteVideo === remoteAudio && isPicture(remoteAudio);
    parts.push({element: remoteAudio, of: 'remote', kinds: both ? ['audio', 'video'] : ['audio']});
  } else parts.push({element: new Audio(), of: 'remote', kinds: ['audio'], spare: true});
  return parts;
}

function isPicture(element: HTMLMediaElement | undefined): element is HTMLVideoElement {
  return !!element && 'videoWidth' in element;
}

/** The element of the name, be it of another window; undefined where there is none. */
function checked(elements: CallElements, name: keyof CallElements): HTMLMediaElement | undefined {
  const element: unknown = elements[name] ?? undefined;
  if (element === undefined) return undefined;
  if (typeof element !== 'object' || !('srcObject' in (element as object)))
    throw new SipError('bad-parameter', {subject: `attach, ${name}`});
  return element as HTMLMediaElement;
}
