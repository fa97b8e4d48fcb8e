import type {FloorListener, IntercomService} from '../core/intercom/floor.js';
import type {ApiMessage} from '../core/types.js';
import {toSipError} from '../errors.js';
import {within} from '../within.js';
import {firstOf, integerOf, makeRequest, textOf, UNREPORTED, type ApiRequest} from './envelope.js';
import {API_CODE, API_HEADER, CALL_STATE, FLOOR_OPERATION} from './protocol.js';
import {readFloor, type SessionEvent} from './session-event.js';
import {floorBody} from './session-request.js';

/** Options of an intercom. */
export interface DispatchIntercomOptions {
  readonly cid: string;
  readonly user: string;
  /** The number of its group, if known. */
  readonly group: () => string;
  /** Sends a request to the API; resolves with its reply, whatever the code. */
  readonly request: (request: ApiRequest) => Promise<ApiMessage>;
  /** After a refusal, how long to wait for the event that queues this side, in milliseconds. */
  readonly patience: number;
}

/** Refusals of a release when there is nothing to release. */
const NOT_HAD: ReadonlySet<number> = new Set([API_CODE.floorNotGranted, API_CODE.sessionNotFound]);

/** The floor of an intercom of a dispatch server (docs/protocol/intercoms.md). */
export class DispatchIntercom implements IntercomService {
  readonly #options: DispatchIntercomOptions;
  #listener: FloorListener | undefined;
  /** Called when this side is queued, while a request waits for that. */
  #onQueued: (() => void) | undefined;

  constructor(options: DispatchIntercomOptions) {
    this.#options = options;
  }

  follow(listener: FloorListener): void {
    this.#listener = listener;
  }

  close(): void {
    this.#listener = undefined;
    this.#onQueued?.();
  }

  /** Reports that the request that began the session was granted. */
  begun(floor: 'wanted' | 'returned'): void {
    this.#listener?.onBegun(floor === 'wanted');
  }

  /** Asks the server to report the floor again; never rejects. */
  refresh(): void {
    const {cid, user, group, request} = this.#options;
    const body = {caller: user, members: group(), cid};
    // The page did not make this request, and does not receive the reply.
    request({...makeRequest(API_HEADER.intercomJoin, body), [UNREPORTED]: true}).catch(() => {});
  }

  /** Reports that the server's grants are void. */
  lost(): void {
    this.#listener?.onLost();
  }

  /** Handles an event of its session. */
  event({state, speaker, floor: facts}: SessionEvent): void {
    const who = speaker?.number ? speaker : undefined;
    if (state === CALL_STATE.maySpeak) this.#listener?.onReport({...facts, floor: 'granted', speaker: who});
    if (state === CALL_STATE.mayNotSpeak)
      this.#listener?.onReport({...facts, floor: speaker && !who ? 'idle' : 'taken', speaker: who});
    if (state !== CALL_STATE.queued) return;
    this.#listener?.onReport({...facts, floor: 'queued', speaker: who});
    this.#onQueued?.();
  }

  async ask(): Promise<'granted' | 'queued'> {
    // The event may arrive before the reply.
    let heard = false;
    const queued = new Promise<void>((resolve) => {
      this.#onQueued = () => {
        heard = true;
        resolve();
      };
    });
    try {
      const reply = await this.#send(FLOOR_OPERATION.apply);
      const {code = API_CODE.none} = reply;
      if (code === API_CODE.none) return 'granted';
      if (code !== API_CODE.floorNotGranted) throw toSipError({apiCode: code}, this.#options.group());
      const facts = firstOf(reply);
      const {queue, speaker, speakername} = facts;
      const place = integerOf(queue);
      if (place === undefined && !heard) await within(queued, this.#options.patience);
      if (place && !heard) this.#listener?.onReport({...readFloor(facts), floor: 'queued'});
      if (heard || place) return 'queued';
      throw toSipError({apiCode: code}, textOf(speakername) ?? textOf(speaker));
    } finally {
      this.#onQueued = undefined;
    }
  }

  async giveBack(): Promise<void> {
    const {code = API_CODE.none} = await this.#send(FLOOR_OPERATION.release);
    if (code && !NOT_HAD.has(code)) throw toSipError({apiCode: code}, this.#options.group());
  }

  async #send(operation: number): Promise<ApiMessage> {
    const {user, group, request} = this.#options;
    return request(makeRequest(API_HEADER.applySpeak, floorBody(group(), {caller: user, operation})));
  }
}
