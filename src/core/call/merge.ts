import {SipError} from '../../errors.js';
import type {CallType} from '../types.js';
import type {SipCall} from './call.js';
import {ownPlayer, type Playing} from './call-playback.js';
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
  const conference = new LocalConference(lines);
  try {
    await conference.begin(members);
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
  /** The calls, and what plays those that no element plays. */
  readonly #members = new Map<SipCall, Playing>();
  readonly #lines: Lines;
  #muted = false;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /**
   * Resumes and mixes all.
   *
   * @param members - The last one decides whether all are muted.
   * @throws {SipError} why one of them cannot be resumed or mixed
   */
  async begin(members: readonly SipCall[]): Promise<void> {
    for (const call of members) {
      this.#muted = call.state.muted;
      conferences.set(call, this);
      this.#members.set(call, call.playIn([ownPlayer()]));
    }
    // From now on, none of them is held because another one is active.
    this.#tell();
    const resumed = await Promise.allSettled(members.map((call) => call.unhold()));
    for (const result of resumed) if (result.status === 'rejected') throw result.reason;
    this.#muteAll();
    // A call may have ended, or another command may have begun, in the meantime.
    for (const call of this.#calls) this.#follow(call);
    if (!this.#members.size) throw new SipError('aborted', {subject: 'merge'});
    for (const call of this.#calls) {
      call.addEventListener('statechange', this.#onChange);
      call.addEventListener('streamschange', this.#onChange);
    }
    await this.#mix();
  }

  /** Ends the conference; the calls continue, each with its microphone alone. Idempotent. */
  end(): void {
    for (const call of this.#calls) this.#remove(call);
  }

  get #calls(): readonly SipCall[] {
    return [...this.#members.keys()];
  }

  readonly #onChange = ({currentTarget}: Event): void => {
    const call = currentTarget as SipCall;
    this.#muted = call.state.muted;
    this.#muteAll();
    this.#follow(call);
    void this.#mix().catch(() => {});
  };

  /** Lets a call leave that is over or held. */
  #follow(call: SipCall): void {
    const {phase, held} = call.state;
    if (phase === 'answered' && !held) return;
    this.#remove(call);
    const rest = this.#calls.at(-1);
    if (this.#members.size < 2) this.end();
    else this.#tell();
    // The controls act on a call that is heard.
    if (rest && this.#lines.isChosen(call)) this.#lines.choose(rest);
  }

  #remove(call: SipCall): void {
    this.#members.get(call)?.end();
    this.#members.delete(call);
    conferences.delete(call);
    call.removeEventListener('statechange', this.#onChange);
    call.removeEventListener('streamschange', this.#onChange);
    call.setMerged(undefined);
    void call.mixIn([]).catch(() => {});
  }

  /** Notes in each call which others it is merged with. */
  #tell(): void {
    for (const call of this.#calls) call.setMerged(Object.freeze(this.#beside(call).map(({id}) => id)));
  }

  /** Sends to each side the voices of the others; a side that holds may send music. */
  async #mix(): Promise<void> {
    const mixing = this.#calls.map((call) => {
      const others = this.#beside(call);
      const voices = others
        .filter(({state}) => !state.remoteHeld)
        .flatMap(({remoteStream}) => remoteStream?.getAudioTracks() ?? []);
      const recorded = others.some(({state}) => state.recording && !state.recordingPaused);
      return call.mixIn(voices, recorded);
    });
    await Promise.all(mixing);
  }

  #beside(call: SipCall): readonly SipCall[] {
    return this.#calls.filter((other) => other !== call);
  }

  #muteAll(): void {
    for (const call of this.#calls)
      if (call.state.muted !== this.#muted) void (this.#muted ? call.mute() : call.unmute()).catch(() => {});
  }
}
