import {LitElement} from 'lit';
import type {ApiRequest} from '../../core/server/api-request.js';
import type {SipCall} from '../../core/call/call.js';
import type {SipMessage} from '../../core/messages/message.js';
import type {SipMessages} from '../../core/messages/messages.js';
import type {BaseClient, CallOptions, ClientState, MonitorOptions} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {ConferenceOptions, IntercomOptions} from '../../core/conference/group-options.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import type {Directory, Numbers} from '../../core/directory/directory.js';
import type {LoginInfo} from '../../core/directory/people.js';
import type {PeopleWatch} from '../../core/directory/people-watch.js';
import type {SipDevices} from '../../core/devices/devices.js';
import type {ApiMessage, Capabilities, Party} from '../../core/types.js';
import type {ServerFile} from '../../core/uploads/server-file.js';
import type {UploadResult} from '../../core/uploads/upload-request.js';
import type {UploadOptions} from '../../core/uploads/uploads.js';

const IDLE: Readonly<ClientState> = Object.freeze({
  connection: 'disconnected',
  registration: 'unregistered',
  api: 'closed',
  calls: Object.freeze([]),
  watchers: Object.freeze([]),
  tabCalls: Object.freeze([]),
  doNotDisturb: false,
});

/** The commands that a `<sip-client>` forwards to its client. */
export abstract class ClientCommandsElement extends LitElement {
  abstract get client(): BaseClient | undefined;

  /** The client. @throws {SipError} `bad-parameter` if the attributes do not define one */
  protected abstract get required(): BaseClient;

  /** The client's state. */
  get state(): Readonly<ClientState> {
    return this.client?.state ?? IDLE;
  }

  /** The calls that have not ended, oldest first. */
  get calls(): readonly SipCall[] {
    return this.state.calls;
  }

  /** The sent and received messages; undefined while there is no client. */
  get messages(): SipMessages | undefined {
    return this.client?.messages;
  }

  /** Microphone, camera, speaker and ringer. */
  get devices(): SipDevices | undefined {
    return this.client?.devices;
  }

  /** The people and devices that the server knows; undefined while there is no client. */
  get directory(): Directory | undefined {
    return this.client?.directory;
  }

  /** The capabilities of the server. */
  get capabilities(): Capabilities | undefined {
    return this.client?.capabilities;
  }

  /** Ends calls, registration and connection. */
  async disconnect(): Promise<void> {
    await this.client?.disconnect();
  }

  /** Registers, for the given number of seconds (1–600). */
  async register(expires?: number): Promise<void> {
    await this.required.register(expires);
  }

  /** Ends the registration. */
  async unregister(): Promise<void> {
    await this.required.unregister();
  }

  /** Calls a number; resolves once the server has named the call. */
  async call(number: string, options?: CallOptions): Promise<SipCall> {
    return this.required.call(number, options);
  }

  /** Calls several numbers and connects them in a conference. */
  async createConference(options: ConferenceOptions): Promise<SipConference> {
    return this.required.createConference(options);
  }

  /** Calls several numbers who only listen. */
  async createBroadcast(options: ConferenceOptions): Promise<SipConference> {
    return this.required.createBroadcast(options);
  }

  /** Joins an intercom group without speaking, or calls members into a temporary one. */
  async intercom(
    group: string | IntercomOptions,
    options?: Pick<IntercomOptions, 'signal'>,
  ): Promise<SipIntercom> {
    return this.required.intercom(group, options);
  }

  /** Shows a user's camera; nothing is captured or sent here. */
  async monitor(number: string, options?: MonitorOptions): Promise<SipCall> {
    return this.required.monitor(number, options);
  }

  /** Barges into a call between other users. */
  async bargeIn(number: string, sid?: string): Promise<SipCall> {
    return this.required.bargeIn(number, sid);
  }

  /** Listens in on a call between other users, who do not hear this user. */
  async listenIn(number: string, sid?: string): Promise<SipCall> {
    return this.required.listenIn(number, sid);
  }

  /** Removes a user from a call between other users. */
  async removeCall(number: string, sid?: string): Promise<void> {
    await this.required.removeCall(number, sid);
  }

  /** Removes the party that a user is talking to. */
  async removeOther(number: string, sid?: string): Promise<void> {
    await this.required.removeOther(number, sid);
  }

  /** Resumes a call and holds the active one. */
  async activate(call: SipCall): Promise<void> {
    await this.required.activate(call);
  }

  /** Merges answered calls of two into one conference, which this browser mixes. */
  async merge(calls: readonly SipCall[]): Promise<void> {
    await this.required.merge(calls);
  }

  /** Ends the conference that a call was merged into: this call continues, the others are held. */
  async split(call: SipCall): Promise<void> {
    await this.required.split(call);
  }

  /** Returns the call with the server's session id, while it has not ended. */
  getCall(sid: string): SipCall | undefined {
    return this.client?.getCall(sid);
  }

  /** Returns a party with what is known about the number; `statechange` of the client reports when more becomes known. */
  identify<T extends Party>(party: T, options?: {readonly directory?: boolean}): T & Party {
    return this.client?.identify(party, options) ?? party;
  }

  /** Watches numbers that the page chooses; `capabilities.presence` tells whether the server reports their state. */
  async watchPeople(numbers: Numbers): Promise<PeopleWatch> {
    return this.required.watchPeople(numbers);
  }

  /** Sends a text to a number; resolves when the server has accepted it. */
  async sendMessage(number: string, text: string): Promise<SipMessage> {
    return this.required.sendMessage(number, text);
  }

  /** Uploads a file to the server; resolves with its reply. */
  async upload(file: Blob, options?: UploadOptions): Promise<UploadResult> {
    return this.required.upload(file, options);
  }

  /** Lists the files that the server can play into calls. */
  async listFiles(): Promise<readonly ServerFile[]> {
    return this.required.listFiles();
  }

  /** Opens the API's WebSocket and logs in. */
  async connectApi(): Promise<void> {
    await this.required.connectApi();
  }

  /** Closes the API's WebSocket. */
  async disconnectApi(): Promise<void> {
    await this.client?.disconnectApi();
  }

  /** Sends a message to the server's API; resolves with its reply. */
  async sendApi(message: ApiRequest, options?: {signal?: AbortSignal}): Promise<ApiMessage> {
    return this.required.sendApi(message, options);
  }

  /** Requests the addresses of the server's other services. */
  async getLoginInfo(): Promise<LoginInfo> {
    return this.required.getLoginInfo();
  }
}
