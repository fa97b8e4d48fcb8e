import type {SipCall} from './call.js';
import type {ClientEventMap, ClientState} from './client-state.js';
import type {SipConference} from './conference.js';
import {groupRequest, type ConferenceOptions, type IntercomOptions} from './group-options.js';
import type {SipIntercom} from './intercom.js';
import {runningIntercom} from './is-intercom.js';
import {cleanNumber} from './number.js';
import type {SessionRequest, SuperviseRequest} from './session-request.js';
import {StateTarget} from './state-target.js';

/** How somebody's camera is watched. */
export interface MonitorOptions {
  /** What the server is to make of the picture, as it writes that; its own choice where it is missing. */
  readonly codec?: string;
  /** Gives it up while the server has not named it yet. */
  readonly signal?: AbortSignal | undefined;
}

/** What a client asks its server for beside calls of two. */
export abstract class ClientSessions extends StateTarget<ClientState, ClientEventMap> {
  /**
   * Asks for a session of another kind.
   *
   * @internal What the methods for each kind are made of.
   */
  abstract createSession(request: SessionRequest): Promise<SipCall | undefined>;

  /**
   * Calls several numbers and brings them together, with this side; resolves once the server has named the conference. The
   * members are called when this side is in it. The call that speaks is held.
   *
   * Where `capabilities.rooms`, a number joins the room of that number, with nobody called where `members` is empty; without a
   * number `conferenceUri` makes a conference (RFC 4579 §5.4). Members are called into it by its focus (RFC 4579 §5.5).
   *
   * @throws {SipError} `bad-parameter` where there are no members; `unsupported`, also where a room needs a number; as `call()`.
   */
  async createConference(options: ConferenceOptions): Promise<SipConference> {
    return this.createSession(groupRequest('conference', options)) as Promise<SipConference>;
  }

  /** As `createConference`, for members who only listen: to this side, and to the file where there is one. */
  async createBroadcast(options: ConferenceOptions): Promise<SipConference> {
    return this.createSession(groupRequest('broadcast', options)) as Promise<SipConference>;
  }

  /**
   * Joins an intercom group without speaking, or calls members together to one for as long as it lasts; resolves once the
   * server has named it. A group that is open already is given back as it is. No call is held for it.
   *
   * The microphone is opened and stays silent until `requestFloor()` is granted. On a server that lets nobody join without
   * speaking (it answers 1008) the floor is asked for and given back at once, and nothing is said meanwhile.
   *
   * @param options.signal - Gives it up while the server has not named it yet.
   * @throws {SipError} `not-in-group`, `unknown-number`, `bad-parameter` where there are no members, `unsupported`; as `call()`.
   */
  async intercom(
    group: string | IntercomOptions,
    {signal}: Pick<IntercomOptions, 'signal'> = {},
  ): Promise<SipIntercom> {
    if (typeof group === 'object')
      return this.createSession(groupRequest('temporary-intercom', group)) as Promise<SipIntercom>;
    const number = cleanNumber(group);
    const running = runningIntercom(this.state.calls, number);
    if (running) return running;
    const request = {kind: 'intercom', group: number, speak: false, signal} as const;
    return this.createSession(request) as Promise<SipIntercom>;
  }

  /**
   * Shows somebody's camera; resolves once the server has named the call, which is of type `monitor`. Nothing is opened or
   * sent here, no call is held for it, and it does not count among the calls that there may be.
   *
   * Cameras answer by themselves, people where they allowed that; others are asked, and `state.cause` says where they
   * declined.
   *
   * @throws {SipError} `no-video` where the number has no camera, `invalid-number`, `unknown-number`, `number-offline`,
   * `not-allowed`, `unsupported`, `aborted`
   */
  async monitor(number: string, {codec = '', signal}: MonitorOptions = {}): Promise<SipCall> {
    const target = cleanNumber(number);
    const request = {kind: 'monitor', number: target, codec: String(codec).trim(), signal} as const;
    return (await this.createSession(request))!;
  }

  /**
   * Goes into a call of others: both hear this side, and are heard. The call that speaks is held.
   *
   * @param number - One of those whose call it is.
   * @param sid - The session, where the number is in several.
   * @returns The call, of type `barge-in`; its `id` is the session's, and it ends with it.
   * @throws {SipError} `call-not-found` where the number is in no call, or in several; `not-allowed` for whom it is not to do;
   * `invalid-state` where this side takes part already; `member-not-found`, `unknown-number`, `unsupported`
   */
  async bargeIn(number: string, sid = ''): Promise<SipCall> {
    return (await this.createSession(supervision('barge-in', number, sid)))!;
  }

  /** Hears a call of others, who hear nothing of it and are not told; otherwise as `bargeIn`, and opens no device. */
  async listenIn(number: string, sid = ''): Promise<SipCall> {
    return (await this.createSession(supervision('listen-in', number, sid)))!;
  }

  /** Puts somebody out of a call of others; where there were two and nobody has gone in, it is over. Rejects as `bargeIn`. */
  async removeCall(number: string, sid = ''): Promise<void> {
    await this.createSession(supervision('remove', number, sid));
  }

  /** Puts the other one out, with whom somebody speaks. Rejects as `bargeIn`, with `bad-parameter` in a conference. */
  async removeOther(number: string, sid = ''): Promise<void> {
    await this.createSession(supervision('remove-other', number, sid));
  }
}

/** @throws {SipError} `invalid-number` */
function supervision(kind: SuperviseRequest['kind'], number: string, sid: string): SuperviseRequest {
  return {kind, number: cleanNumber(number), sid: String(sid).trim()};
}
