import {SipError} from '../../errors.js';
import type {Playback} from '../../media/audio/playback.js';
import type {CallSource} from './call-state.js';
import {shownPicture} from './call-photo.js';
import type {SipDevices} from '../devices/devices.js';
import {inPlayerOrder, type CallPart} from '../sound/player-order.js';
import type {CallElements} from '../types.js';

/** A running playback of a call. */
export interface Playing {
  /** Resumes elements that are paused: moving an element pauses it. */
  refresh(): void;
  /** Releases the elements. Idempotent. */
  end(): void;
}

/**
 * Plays a call in media elements: the page's, and those of this library's elements. Exactly one of them plays its sound. All
 * are released when the call ends.
 */
export class CallPlayback {
  readonly #call: CallSource;
  readonly #onBlocked: (blocked: boolean) => void;
  readonly #devices: SipDevices | undefined;
  readonly #getGain: () => number;
  readonly #parts = new Set<CallPart>();
  readonly #pictures = new Map<'remote' | 'local', MediaStreamTrack | undefined>();
  #loading: Promise<void> | undefined;
  #playback: Playback | undefined;
  #attached: Playing | undefined;

  /**
   * @param devices - The devices whose speaker is used; the system's speaker without them.
   * @param getGain - Returns the factor by which the sound is multiplied; it is asked whenever the call changes.
   * @param onBlocked - Called with whether the browser blocks the sound.
   */
  constructor(
    call: CallSource,
    devices: SipDevices | undefined,
    getGain: () => number,
    onBlocked: (blocked: boolean) => void,
  ) {
    this.#call = call;
    this.#devices = devices;
    this.#getGain = getGain;
    this.#onBlocked = onBlocked;
  }

  /** Plays in the page's elements, which replace those given before. @throws {SipError} `bad-parameter` */
  attach(elements: CallElements): void {
    const parts = partsOf(elements);
    this.detach();
    this.#attached = this.play(parts);
  }

  /** What plays the call. */
  get parts(): ReadonlySet<CallPart> {
    return this.#parts;
  }

  detach(): void {
    this.#attached?.end();
    this.#attached = undefined;
  }

  /** Plays the parts in addition to those already playing; the sound plays in the one that comes first by its kind. */
  play(parts: readonly CallPart[]): Playing {
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
      this.#playback.play(
        inPlayerOrder(this.#parts),
        {remote: this.#shown('remote', remote), local: this.#shown('local', local)},
        {gain: this.#getGain(), output: state.sound.output},
      );
    // The code is loaded only when there is something to play.
    else if (this.#parts.size && (remote ?? local)) this.#loading ??= this.#load();
  };

  /** Returns the tracks to play of a side: its audio, and the video track that receives data. */
  #shown(of: 'remote' | 'local', stream: MediaStream | undefined): readonly MediaStreamTrack[] {
    const pictures = stream?.getVideoTracks() ?? [];
    const picture = shownPicture(pictures, this.#pictures.get(of));
    this.#pictures.set(of, picture);
    // Another track may start to receive data. A listener that is already there is not added again.
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
        route: (sound, output) =>
          this.#devices?.route(sound, output === 'selected' ? 'speaker' : output) ?? (() => {}),
        onElementChange: this.#refresh,
      });
      this.#refresh();
    } catch {
      // Loaded again at the next change.
      this.#loading = undefined;
    }
  }
}

/**
 * Returns what the page's elements play. The sound plays in `remoteAudio`, else in `remoteVideo`, else in an element of
 * ours. An `<audio>` given for a video plays only sound.
 */
function partsOf(elements: CallElements): CallPart[] {
  const given = elements as CallElements | null | undefined;
  if (typeof given !== 'object' || !given) throw new SipError('bad-parameter', {subject: 'attach'});
  const localVideo = checked(given, 'localVideo');
  const remoteVideo = checked(given, 'remoteVideo');
  const remoteAudio = checked(given, 'remoteAudio') ?? remoteVideo;
  const parts: CallPart[] = [];
  const player = (): 'page' => 'page';
  if (isPicture(localVideo)) parts.push({element: localVideo, of: 'local', kinds: ['video']});
  if (isPicture(remoteVideo) && remoteVideo !== remoteAudio)
    parts.push({element: remoteVideo, of: 'remote', kinds: ['video']});
  if (remoteAudio) {
    const both = remoteVideo === remoteAudio && isPicture(remoteAudio);
    parts.push({element: remoteAudio, of: 'remote', kinds: both ? ['audio', 'video'] : ['audio'], player});
  } else parts.push(ownPlayer());
  return parts;
}

/** Returns what plays the sound in an element of the call's own, as long as no other element does. */
export function ownPlayer(): CallPart {
  return {element: new Audio(), of: 'remote', kinds: ['audio'], player: () => 'own'};
}

function isPicture(element: HTMLMediaElement | undefined): element is HTMLVideoElement {
  return !!element && 'videoWidth' in element;
}

/** Returns the element of the name, which may belong to another window; undefined if there is none. */
function checked(elements: CallElements, name: keyof CallElements): HTMLMediaElement | undefined {
  const element: unknown = elements[name] ?? undefined;
  if (element === undefined) return undefined;
  if (typeof element !== 'object' || !('srcObject' in (element as object)))
    throw new SipError('bad-parameter', {subject: `attach, ${name}`});
  return element as HTMLMediaElement;
}
