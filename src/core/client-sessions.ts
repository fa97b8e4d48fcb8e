import type {SipCall} from './call.js';
import type {ClientEventMap, ClientState} from './client-state.js';
import type {SipConference} from './conference.js';
import {groupRequest, type ConferenceOptions, type IntercomOptions} from './group-options.js';
import type {SipIntercom} from './intercom.js';
import {runningIntercom} from './is-intercom.js';
import {cleanNumber} from './number.js';
import type {SessionRequest} from './session-request.js';
import {StateTarget} from './state-target.js';

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
   * @throws {SipError} `bad-parameter` where there are no members, `unsupported`, and as `call()`.
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
   * @throws {SipError} `not-in-group`, `unknown-number`, `bad-parameter` where there are no members, `unsupported`; as `call()`.
   */
  async intercom(group: string | IntercomOptions): Promise<SipIntercom> {
    if (typeof group === 'object')
      return this.createSession(groupRequest('temporary-intercom', group)) as Promise<SipIntercom>;
    const number = cleanNumber(group);
    const running = runningIntercom(this.state.calls, number);
    return (
      running ?? (this.createSession({kind: 'intercom', group: number, speak: false}) as Promise<SipIntercom>)
    );
  }
}
