import type {SipCall} from '../call/call.js';
import type {KeptCall} from '../call/call-init.js';
import {hasMicrophone, settled, showsCamera} from '../call/take-place.js';
import type {CallHistory} from '../history/call-history.js';
import type {CallService} from '../server/call-service.js';
import type {CallCause} from '../types.js';
import {CallsOnDisk, type Written} from './calls-on-disk.js';

const KEY = 'sip-elements.calls';

/** Between two notes that the page is still there, in milliseconds. */
const PULSE = 5_000;

/** After how long without the page its calls are over, in milliseconds: the last note may be a pulse old. */
const LATEST = 30_000 + PULSE;

/** The end of a call that no page has continued in time. */
const LOST: CallCause = {by: 'local', code: 'call-lost'};

/** What `KeptCalls` needs from its client. */
export interface KeptCallsOptions {
  readonly history: CallHistory;
  readonly getCalls: () => readonly SipCall[];
  readonly isCurrent: (call: SipCall) => boolean;
  readonly isRegistered: () => boolean;
  /** When the call began, in milliseconds since the epoch. */
  readonly beganAt: (call: SipCall) => number;
  readonly merge: (calls: readonly SipCall[]) => Promise<void>;
}

/**
 * The calls of a client in the tab's session storage, so that they outlive the page: its reload, or the crash of its
 * process. A copy on the disk lets them outlive the browser. They belong to the instance id (RFC 5626 §4.1), which a
 * duplicated tab does not get.
 */
export class KeptCalls {
  readonly #client: KeptCallsOptions;
  readonly #copy = new CallsOnDisk();
  #key: string | undefined;
  #service: CallService | undefined;
  /** Aborted when there is no call to keep any more. */
  #watching: AbortController | undefined;
  /** Whether the page is gone: its calls are the next page's. */
  #gone = false;
  /** Whether calls are written that have not ended. */
  #any = false;

  constructor(client: KeptCallsOptions) {
    this.#client = client;
  }

  /** Continues the calls that an earlier page left, with the service that is registered now, and keeps calls from now on. */
  async resume(service: CallService): Promise<void> {
    if (!service.instance) return;
    const key = `${KEY}.${service.instance}`;
    const copy = await this.#copy.read(key);
    // Otherwise the next registration continues them.
    if (!this.#client.isRegistered()) return;
    const inTab = read(key);
    const {at, calls} = copy && copy.at > inTab.at ? copy : inTab;
    this.#any ||= [...calls, ...inTab.calls].length > 0;
    this.#key = key;
    this.#service = service;
    const shownAgain = this.#gone;
    this.#gone = false;
    const late = Date.now() - at > LATEST;
    for (const kept of calls) {
      const {began: time, answeredAt} = kept;
      if (this.#has(kept, shownAgain) || (answeredAt && !late && service.resume?.(kept))) continue;
      service.end?.(kept);
      const spoken = answeredAt ? at - answeredAt : undefined;
      this.#client.history.note({...kept, time, spoken, cause: LOST});
    }
    for (const [index, {id, merged = []}] of calls.entries())
      if (!calls.slice(0, index).some((other) => merged.includes(other.id)))
        void this.#merge([id, ...merged]);
    this.note();
  }

  /** Keeps the calls as they are now; returns those that the next page continues. */
  note(): readonly KeptCall[] {
    if (this.#key === undefined || this.#gone) return [];
    const {getCalls, beganAt, isCurrent} = this.#client;
    const calls = getCalls()
      .filter((call) => this.#service?.resumes?.(call))
      .flatMap((call) => keptOf(call, beganAt(call), isCurrent(call)) ?? []);
    this.#watch(calls.length > 0);
    if (calls.length === 0 && !this.#any) return [];
    this.#any = calls.length > 0;
    // That they have ended is written, too: the newer of the two notes counts.
    const at = Date.now();
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({at, calls}));
      this.#copy.write(this.#key, {at, calls});
      return calls.filter(({answeredAt}) => answeredAt);
    } catch {
      // A private window or a sandboxed frame: the calls live as long as the page.
      this.#copy.write(this.#key, {at, calls: []});
      return [];
    }
  }

  /**
   * Whether the client has the call.
   *
   * @param shownAgain - Whether the page was gone for a while: another page may have taken its calls over meanwhile.
   */
  #has({id, dialog}: KeptCall, shownAgain: boolean): boolean {
    const call = this.#client.getCalls().find((other) => other.id === id);
    return call !== undefined && (!shownAgain || call.identity?.callId === dialog.callId);
  }

  /** Merges calls again that the earlier page had merged. */
  async #merge(ids: readonly string[]): Promise<void> {
    const calls = this.#client.getCalls().filter(({id}) => ids.includes(id));
    await Promise.all(calls.map(settled));
    const rest = calls.filter(({state}) => state.phase === 'answered');
    // If that fails, they go on one by one.
    if (rest.length > 1 && !rest[0]!.state.merged) await this.#client.merge(rest).catch(() => {});
  }

  /** Notes again and again that the page is there, as long as it has calls. */
  #watch(any: boolean): void {
    if (any === Boolean(this.#watching)) return;
    this.#watching?.abort();
    this.#watching = any ? new AbortController() : undefined;
    const signal = this.#watching?.signal;
    if (!signal) return;
    const pulse = setInterval(() => this.note(), PULSE);
    signal.addEventListener('abort', () => clearInterval(pulse));
    window.addEventListener('pagehide', () => (this.#gone = true), {signal});
  }
}

function read(key: string): Written {
  try {
    const {at, calls} = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Written>;
    if (typeof at === 'number' && Array.isArray(calls)) return {at, calls};
  } catch {
    // Nothing that this client has written.
  }
  return {at: 0, calls: []};
}

/** Returns what the next page needs to continue the call, or to end one that rings; undefined if it can do neither. */
function keptOf(call: SipCall, began: number, current: boolean): KeptCall | undefined {
  const {id, type, typeNumber, direction, remoteParty: remote, media, state, identity: dialog} = call;
  const {phase, answeredAt = 0, muted, held, recording, recordingPaused, merged} = state;
  // Its other side has not taken part yet in continuing it.
  if (call.continued && phase === 'answered') return {...call.continued, current};
  if (phase === 'released' || !dialog) return undefined;
  const {localStream, remoteStream} = call;
  return {
    ...{
      id,
      type,
      typeNumber,
      direction,
      remote,
      media,
      dialog,
      began,
      answeredAt,
      current,
      muted,
      held,
      merged,
    },
    video: [localStream, remoteStream].some((stream) => stream && stream.getVideoTracks().length > 0),
    microphone: hasMicrophone(call),
    camera: showsCamera(call),
    recording: recording && !recordingPaused,
  };
}
