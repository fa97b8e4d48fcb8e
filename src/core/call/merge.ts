import {SipError} from '../../errors.js';
import type {CallType} from '../types.js';
import type {SipCall} from './call.js';
import type {Playing} from './call-playback.js';
import type {Lines} from './lines.js';

/** Calls of two. The server mixes the others, or they are only watched. */
const KINDS: ReadonlySet<CallType> = new Set(['single', 'urgent', 'sos']);

/** The local conference that a call is in. */
const conferences = new WeakMap<SipCall, LocalConference>();

/** Whether a call is of a kind that can be merged, is answered and sends audio. */
export function canMerge({type, state, localStream}: SipCall): boolean {
  return KINDS.has(type) && state.phase === 'answered' && !!localStream?.getAudioTracks().length;
}

/**
 * See `BaseClient.merge`.
 *
 * @param own - The calls of the client.
 */
export async function mergeCalls(
  calls: readonly SipCall[],
  own: readonly SipCall[],
  lines: Lines,
): Promise<void> {
  const {current} = lines;
  // The current call is resumed last, so that it stays the current one.
  const members = [...new Set(calls)].sort(
    (one, other) => Number(one === current) - Number(other === current),
  );
  if (members.length < 2 || !members.every((call) => own.includes(call) && KINDS.has(call.type)))
    throw new SipError('bad-parameter', {subject: 'merge'});
  if (!members.every(canMerge)) throw new SipError('invalid-state', {subject: 'merge'});
  for (const call of members) conferences.get(call)?.end();
  const conference = new LocalConference(members, lines);
  try {
    await conference.begin();
  } catch (error) {
    conference.end();
    // At most one of them speaks, as before.
    const rest = members.findLast(({state}) => state.phase === 'answered' && !state.held);
    await rest?.unhold().catch(() => {});
    throw error;
  }
}

/** Ends the conference of a call. @throws {SipError} `invalid-state` if there is none */
export function splitCall(call: SipCall): void {
  const conference = conferences.get(call);
  if (!conference) throw new SipError('invalid-state', {subject: 'split'});
  conference.end();
}

/**
 * A conference of calls that this browser mixes: each other side gets the microphone and the voices of the others.
 *
 * Each call keeps its own microphone track, which its dialog mixes with the voices. A call that is held or ends leaves;
 * the conference ends with the last but one.
 */
class LocalConference {
  readonly #members: Set<SipCall>;
  readonly #lines: Lines;
  /** What plays the calls that no element plays. */
  readonly #playing = new Map<SipCall, Playing>();
  #muted: boolean;

  /** @param members - The call whose microphone counts is the last. */
  constructor(members: readonly SipCall[], lines: Lines) {
    this.#members = new Set(members);
    this.#lines = lines;
    this.#muted = members.at(-1)!.state.muted;
  }

  /** Resumes and mixes all. @throws {SipError} why one of them cannot be resumed or mixed */
  async begin(): Promise<void> {
    const members = [...this.#members];
    for (const call of members) {
      conferences.set(call, this);
      const part = {element: new Audio(), of: 'remote', kinds: ['audio'], spare: true} as const;
      this.#playing.set(call, call.play([part]));
    }
    // From now on, none of them is held because another one is active.
    this.#tell();
    const resumed = await Promise.allSettled(members.map((call) => call.unhold()));
    for (const result of resumed) if (result.status === 'rejected') throw result.reason;
    for (const call of this.#members) this.#mute(call);
    for (const call of [...this.#members]) {
      call.addEventListener('statechange', this.#onChange);
      call.addEventListener('streamschange', this.#onChange);
      this.#follow(call);
    }
    // A call may have ended, or another command may have begun, in the meantime.
    if (!this.#members.size) throw new SipError('aborted', {subject: 'merge'});
    await Promise.all([...this.#members].map((call) => this.#mix(call)));
  }

  /** Ends the conference; the calls continue, each with its microphone alone. Idempotent. */
  end(): void {
    for (const call of this.#members) this.#remove(call);
  }

  readonly #onChange = ({currentTarget}: Event): void => {
    const call = currentTarget as SipCall;
    this.#muted = call.state.muted;
    for (const other of this.#members) this.#mute(other);
    this.#follow(call);
    for (const other of this.#members) void this.#mix(other).catch(() => {});
  };

  /** Lets a call leave that is over, held or without audio. */
  #follow(call: SipCall): void {
    const {phase, held, media, remoteHeld} = call.state;
    const silent = media.audio === 'inactive' && !remoteHeld;
    if (phase !== 'answered' || held || silent) this.#leave(call);
  }

  #leave(call: SipCall): void {
    this.#remove(call);
    const rest = [...this.#members].at(-1);
    if (this.#members.size < 2) this.end();
    else this.#tell();
    // The controls act on a call that is heard.
    if (rest && this.#lines.isChosen(call)) this.#lines.choose(rest);
  }

  #remove(call: SipCall): void {
    this.#members.delete(call);
    conferences.delete(call);
    call.removeEventListener('statechange', this.#onChange);
    call.removeEventListener('streamschange', this.#onChange);
    call.setMerged(undefined);
    void call.mixIn([]).catch(() => {});
    this.#playing.get(call)?.end();
  }

  /** Notes in each call which others it is merged with. */
  #tell(): void {
    const ids = [...this.#members].map(({id}) => id);
    for (const call of this.#members) call.setMerged(Object.freeze(ids.filter((id) => id !== call.id)));
  }

  /** Sends to one side the voices of the others; a side that holds may send music. */
  async #mix(call: SipCall): Promise<void> {
    const others = [...this.#members].filter((other) => other !== call);
    const voices = others
      .filter(({state}) => !state.remoteHeld)
      .flatMap(({remoteStream}) => remoteStream?.getAudioTracks() ?? []);
    const recorded = others.some(({state}) => state.recording && !state.recordingPaused);
    await call.mixIn(voices, recorded);
  }

  #mute(call: SipCall): void {
    if (call.state.muted === this.#muted) return;
    void (this.#muted ? call.mute() : call.unmute()).catch(() => {});
  }
}
