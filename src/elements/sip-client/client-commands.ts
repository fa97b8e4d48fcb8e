import {LitElement} from 'lit';
import {forwardMethods} from '../../controllers/forward-methods.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient, ClientState} from '../../core/client/client.js';
import {IDLE_STATE} from '../../core/client/client-state.js';
import type {SipPatch} from '../../core/patches/patch.js';
import type {Party} from '../../core/types.js';

/** The methods of a client that a `<sip-client>` forwards. They reject while its attributes do not define a client. */
export const CLIENT_METHODS = [
  'register',
  'unregister',
  'call',
  'createConference',
  'createBroadcast',
  'intercom',
  'monitor',
  'bargeIn',
  'listenIn',
  'removeCall',
  'removeOther',
  'activate',
  'merge',
  'split',
  'patch',
  'openJournal',
  'diagnose',
  'openHeadsets',
  'openPush',
  'watchPeople',
  'sendMessage',
  'upload',
  'listFiles',
  'connectApi',
  'sendApi',
  'getLoginInfo',
] as const;

/** The properties of a client that a `<sip-client>` forwards. They are undefined while its attributes do not define a client. */
const CLIENT_PROPERTIES = [
  'alarms',
  'capabilities',
  'devices',
  'directory',
  'history',
  'messages',
  'pbx',
  'recordings',
  'ringer',
  'trace',
] as const;

type ClientMethods = Pick<BaseClient, (typeof CLIENT_METHODS)[number]>;
type ClientProperties = Pick<BaseClient, (typeof CLIENT_PROPERTIES)[number]>;

/** Maps the client's own members, so that editors show their comments. */
type ClientPropertiesIfMade = {readonly [Name in keyof ClientProperties]: ClientProperties[Name] | undefined};

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- They are declared below the class.
export interface ClientCommandsElement extends ClientMethods, ClientPropertiesIfMade {}

/** What a `<sip-client>` forwards to its client. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export abstract class ClientCommandsElement extends LitElement {
  abstract get client(): BaseClient | undefined;

  /** The client. @throws {SipError} `bad-parameter` if the attributes do not define one */
  protected abstract get required(): BaseClient;

  /** The client's state. */
  get state(): Readonly<ClientState> {
    return this.client?.state ?? IDLE_STATE;
  }

  /** The calls that have not ended, oldest first. */
  get calls(): readonly SipCall[] {
    return this.state.calls;
  }

  /** The patches that have not ended, oldest first. */
  get patches(): readonly SipPatch[] {
    return this.state.patches;
  }

  /** Ends calls, registration and connection. */
  async disconnect(): Promise<void> {
    await this.client?.disconnect();
  }

  /** Returns the call with the server's session id, while it has not ended. */
  getCall(sid: string): SipCall | undefined {
    return this.client?.getCall(sid);
  }

  /** Returns a party with what is known about the number; `statechange` of the client reports when more becomes known. */
  identify<T extends Party>(party: T, options?: {readonly directory?: boolean}): T & Party {
    return this.client?.identify(party, options) ?? party;
  }

  /** Closes the API's WebSocket. */
  async disconnectApi(): Promise<void> {
    await this.client?.disconnectApi();
  }

  static {
    forwardMethods(this.prototype, CLIENT_METHODS, ({required}, name, parameters) =>
      (required[name] as (...parameters: readonly unknown[]) => unknown)(...parameters),
    );
  }
}

for (const name of CLIENT_PROPERTIES)
  Object.defineProperty(ClientCommandsElement.prototype, name, {
    configurable: true,
    get(this: ClientCommandsElement) {
      return this.client?.[name];
    },
  });
