import {keptDurations} from '../../durations/kept.js';
import type {SipCall} from '../call/call.js';
import type {KeptCall, KeptPatch} from '../call/call-init.js';
import type {Lines} from '../call/lines.js';
import {hasMicrophone, settled, showsCamera} from '../call/take-place.js';
import type {CallHistory} from '../history/call-history.js';
import {isUrgent} from '../call-kinds.js';
import type {CallService} from './call-service.js';
import type {CallCause} from '../types.js';
import {CallsOnDisk} from './calls-on-disk.js';
import {readWritten, type Written} from './written-calls.js';

const KEY = 'sip-elements.calls';

/** No calls, as a text. */
const NO_CALLS = '[]';

/** The end of a call that no page has continued in time. */
const LOST: CallCause = {by: 'local', code: 'call-lost'};

/** What `KeptCalls` needs from its client. */
export interface KeptCallsOptions {
  readonly history: CallHistory;
  readonly getCalls: () => readonly SipCall[];
  readonly lines: Lines;
  readonly isRegistered: () => boolean;
  readonly merge: (calls: readonly SipCall[]) => Promise<void>;
  readonly patch: (calls: readonly SipCall[], kept: KeptPatch) => Promise<unknown>;
}

/**
 * Decides which calls of a client must go on after its page, and whether the next page continues or ends those that an
 * earlier one has left.
 *
 * The calls are noted in the tab's session storage, so that they outlive the page: its reload, or the crash of its process.
 * A copy on the disk lets them outlive the browser. They belong to the instance id (RFC 5626 §4.1), which a duplicated tab
 * does not get. What has not changed is not written again, except every few seconds to note that the page is there.
 */
export class KeptCalls {
  readonly #client: KeptCallsOptions;
  readonly #disk = new CallsOnDisk();
  #key: string | undefined;
  #service: CallService | undefined;
  #nextNote: ReturnType<typeof setTimeout> | undefined;
  /** Whether the page is gone: its calls are the next page's. */
  #gone = false;
  /** The calls as they were written last, as a text. */
  #written = NO_CALLS;
  /** The ids of the calls that the next page continues. */
  #kept: readonly string[] = [];

  constructor(client: KeptCallsOptions) {
    this.#client = client;
  }

  /**
   * Continues the calls that an earlier page left, with the service that is registered now, and keeps calls from now on.
   *
   * @param signsOut - Ends those calls instead, if there is a connection, and keeps none of them.
   */
  async resume(service: CallService, signsOut: boolean): Promise<void> {
    if (!service.instance) return;
    const key = `${KEY}.${service.instance}`;
    // They go on already, and are no longer kept when they have ended.
    if (signsOut && key === this.#key && !this.#gone) return;
    const onDisk = await this.#disk.read(key);
    // Otherwise the next registration continues them.
    if (!signsOut && !this.#client.isRegistered()) return;
    const inTab = read(key);
    const {at, calls} = onDisk && onDisk.at > inTab.at ? onDisk : inTab;
    // That they have ended is written, too: the newer of the two notes counts.
    this.#written = calls.length + inTab.calls.length > 0 ? '' : NO_CALLS;
    this.#key = key;
    this.#service = service;
    const shownAgain = this.#gone;
    this.#gone = false;
    // The last note may be as old as the next one is due.
    const late = signsOut || Date.now() - at > keptDurations.nextPage + keptDurations.callNotes;
    for (const kept of calls) {
      const {began: time, answeredAt} = kept;
      if (this.#has(kept, shownAgain) || (answeredAt && !late && service.resume?.(kept))) continue;
      unlessBroken(() => service.end?.(kept));
      const spoken = answeredAt ? Math.max(0, at - answeredAt) : undefined;
      this.#client.history.note({...kept, ending: 'left', time, spoken, cause: LOST});
    }
    for (const {id, interrupts = []} of calls) {
      const call = this.#client.getCalls().find((other) => other.id === id);
      const others = this.#client.getCalls().filter((other) => interrupts.includes(other.id));
      if (call?.continued) this.#client.lines.setInterrupted(call, others);
    }
    for (const [index, {id, merged = []}] of calls.entries())
      if (!calls.slice(0, index).some((other) => merged.includes(other.id)))
        void this.#mix([id, ...merged], (rest) => this.#client.merge(rest));
    const patches = new Map(calls.flatMap(({patch}) => (patch ? [[patch.id, patch]] : [])));
    for (const patch of patches.values()) {
      const members = calls.filter((call) => call.patch?.id === patch.id).map(({id}) => id);
      void this.#mix(members, (rest) => this.#client.patch(rest, patch));
    }
    this.note();
  }

  /** Writes the calls as they are now, unless they are written already. */
  note(): void {
    if (this.#key === undefined || this.#gone) return;
    const calls = this.#calls();
    if (JSON.stringify(calls) !== this.#written) this.#write(calls);
  }

  /** Whether the next page continues the call, now that this one goes. */
  keeps({id}: SipCall): boolean {
    if (this.#key === undefined || this.#gone) return false;
    // With the time at which the page was there last.
    this.#write(this.#calls());
    return this.#kept.includes(id);
  }

  /** The calls that must go on, or be ended by the next page. */
  #calls(): readonly KeptCall[] {
    const {getCalls, lines} = this.#client;
    return getCalls()
      .filter((call) => this.#service?.resumes?.(call))
      .flatMap((call) => unlessBroken(() => keptOf(call, lines)) ?? []);
  }

  #write(calls: readonly KeptCall[]): void {
    const at = Date.now();
    this.#written = JSON.stringify(calls);
    clearTimeout(this.#nextNote);
    if (calls.length > 0) {
      this.#nextNote = setTimeout(() => this.#write(this.#calls()), keptDurations.callNotes);
      window.addEventListener('pagehide', this.#onHide);
    } else window.removeEventListener('pagehide', this.#onHide);
    try {
      sessionStorage.setItem(this.#key!, JSON.stringify({at, calls}));
      this.#disk.write(this.#key!, {at, calls});
      this.#kept = calls.filter(({answeredAt}) => answeredAt).map(({id}) => id);
    } catch {
      // A private window or a sandboxed frame: the calls live as long as the page.
      this.#disk.write(this.#key!, {at, calls: []});
      this.#kept = [];
    }
  }

  /** The calls are the next page's from now on. */
  readonly #onHide = (): void => {
    this.#gone = true;
    clearTimeout(this.#nextNote);
  };

  /**
   * Whether the client has the call.
   *
   * @param shownAgain - Whether the page was gone for a while: another page may have taken its calls over meanwhile.
   */
  #has({id, dialog}: KeptCall, shownAgain: boolean): boolean {
    const call = this.#client.getCalls().find((other) => other.id === id);
    return call !== undefined && (!shownAgain || call.identity?.callId === dialog.callId);
  }

  /** Merges calls again that the earlier page had merged, or makes its patch again. */
  async #mix(ids: readonly string[], mix: (calls: readonly SipCall[]) => Promise<unknown>): Promise<void> {
    const calls = this.#client.getCalls().filter(({id}) => ids.includes(id));
    await Promise.all(calls.map(settled));
    const rest = calls.filter(({state}) => state.phase === 'answered');
    // If that fails, they go on one by one.
    if (rest.length > 1 && !rest[0]!.state.patch) await mix(rest).catch(() => {});
  }
}

/** One call that cannot be noted, or ended, must not cost the others. */
function unlessBroken<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function read(key: string): Written {
  try {
    return readWritten(JSON.parse(sessionStorage.getItem(key) ?? '{}'));
  } catch {
    // Nothing that this client has written.
    return {at: 0, calls: []};
  }
}

/** Returns what the next page needs to continue the call, or to end one that rings; undefined if it can do neither. */
function keptOf(call: SipCall, lines: Lines): KeptCall | undefined {
  const current = call === lines.current;
  const interrupts = isUrgent(call.type) ? lines.interruptedBy(call).map(({id}) => id) : undefined;
  const {id, type, typeNumber, direction, remoteParty: remote, media, state, identity: dialog, began} = call;
  const {phase, answeredAt = 0, autoAnswered, muted, held, recording, recordingPaused, merged} = state;
  // Its other side has not taken part yet in continuing it.
  if (call.continued && phase === 'answered') return {...call.continued, current, interrupts};
  if (phase === 'released' || !dialog) return undefined;
  const {localStream, remoteStream} = call;
  return {
    ...{id, type, typeNumber, direction, remote, media, dialog, began},
    ...{answeredAt, current, muted, held, interrupts, merged},
    ...(call.patch && !merged && {patch: call.patch.kept}),
    ...(autoAnswered && {autoAnswered}),
    video: [localStream, remoteStream].some((stream) => stream && stream.getVideoTracks().length > 0),
    microphone: hasMicrophone(call),
    camera: showsCamera(call),
    recording: recording && !recordingPaused,
  };
}
