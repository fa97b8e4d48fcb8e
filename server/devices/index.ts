import {USER_TYPE} from '../../src/dispatch/protocol.js';
import type {Log} from '../log.js';
import type {Leg, MediaServer} from '../media/index.js';
import {sipUri, type Binding, type Line} from '../sip/index.js';
import type {Users} from '../users.js';
import {CameraFeed} from './camera-feed.js';
import {delayed} from './delayed.js';
import {DeviceCall, type Device, type DeviceFeed} from './device-call.js';

export type {Device} from './device-call.js';

/** What the devices need. */
export interface DevicesOptions {
  readonly media: MediaServer;
  readonly users: Users;
  readonly log: Log;
  /** How long a call to the echo may last, in milliseconds. */
  readonly echoTimeout: number;
}

/** The host of the devices' addresses, which cannot exist otherwise (RFC 2606 §2). */
const HOST = 'device.invalid';

/** How much later the echo sends back what arrives, in milliseconds: callers hear that it is not themselves. */
const ECHO_DELAY = 500;

/**
 * The server's own devices, which answer each call at once, until the caller hangs up: every number of a camera, with a moving
 * test picture and a tone, and the number of the echo, with the caller's own sound and picture.
 */
export class Devices {
  readonly #options: DevicesOptions;
  readonly #bindings = new Map<string, Binding>();
  readonly #closing = new AbortController();
  readonly #calls = new Set<DeviceCall>();
  readonly #since = Date.now();

  constructor(options: DevicesOptions) {
    this.#options = options;
  }

  /** Returns the binding of a device; undefined if the number is not a device's. */
  bindingOf(number: string): Binding | undefined {
    const known = this.#bindings.get(number);
    if (known) return known;
    const device = this.#deviceOf(number);
    if (!device) return undefined;
    const binding = this.install(number, device);
    this.#bindings.set(number, binding);
    return binding;
  }

  /** Returns a binding of a device that answers at a number. */
  install(number: string, device: Device): Binding {
    const uri = sipUri(number, HOST);
    const connection: Line = {
      closed: this.#closing.signal,
      invite: (_, {offer}, handlers) => {
        const {media, log} = this.#options;
        const call = new DeviceCall({...device, media, log, offer, handlers}, () => this.#calls.delete(call));
        this.#calls.add(call);
        return call;
      },
      // Devices cannot display texts.
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

  /** Ends all calls of the devices. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#calls].map((call) => call.end()));
  }

  #deviceOf(number: string): Device | undefined {
    const {users, echoTimeout} = this.#options;
    // Two calls to the echo that are connected with each other would go on for ever.
    if (number === users.echo) return {feed: echoOf, timeout: echoTimeout};
    if (users.get(number)?.type !== USER_TYPE.camera) return undefined;
    const camera = new CameraFeed();
    return {
      feed: async () => {
        await camera.load();
        return camera;
      },
    };
  }
}

/** Sends back what arrives. */
async function echoOf({audio, video}: Leg): Promise<DeviceFeed> {
  return {sound: delayed(audio, ECHO_DELAY), picture: delayed(video, ECHO_DELAY)};
}
