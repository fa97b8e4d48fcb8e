import {USER_TYPE} from '../../src/dispatch/protocol.js';
import type {Log} from '../log.js';
import type {MediaServer} from '../media/index.js';
import {sipUri, type Binding, type Line} from '../sip/index.js';
import type {Users} from '../users.js';
import {CameraCall} from './camera-call.js';
import {CameraFeed} from './camera-feed.js';

/** What the cameras need. */
export interface CamerasOptions {
  readonly media: MediaServer;
  readonly users: Users;
  readonly log: Log;
}

/** The host of the cameras' addresses, which cannot exist otherwise (RFC 2606 §2). */
const HOST = 'camera.invalid';

/**
 * The server's own cameras: every number of that type answers each call at once, with a moving test picture and a tone,
 * until the caller hangs up.
 */
export class Cameras {
  readonly #options: CamerasOptions;
  readonly #bindings = new Map<string, Binding>();
  readonly #closing = new AbortController();
  readonly #calls = new Set<CameraCall>();
  readonly #since = Date.now();

  constructor(options: CamerasOptions) {
    this.#options = options;
  }

  /** Returns the binding of a camera; undefined if the number is not a camera's. */
  bindingOf(number: string): Binding | undefined {
    if (this.#options.users.get(number)?.type !== USER_TYPE.camera) return undefined;
    const known = this.#bindings.get(number);
    if (known) return known;
    const binding = this.#install(number);
    this.#bindings.set(number, binding);
    return binding;
  }

  /** Ends all calls of the cameras. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#calls].map((call) => call.end()));
  }

  #install(number: string): Binding {
    const uri = sipUri(number, HOST);
    const feed = new CameraFeed();
    const connection: Line = {
      closed: this.#closing.signal,
      invite: (_, {offer}, handlers) => {
        const {media, log} = this.#options;
        const call = new CameraCall({media, log, feed, offer, handlers}, () => this.#calls.delete(call));
        this.#calls.add(call);
        return call;
      },
      // Cameras cannot display texts.
      message: async () => 480,
    };
    return {
      user: number,
      contact: uri.toString(),
      uri,
      connection,
      instance: undefined,
      regId: undefined,
      domain: HOST,
      accept: [],
      refreshedAt: this.#since,
      expires: 0,
    };
  }
}
