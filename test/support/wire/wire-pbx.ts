import type {SipCall} from '../../../src/core/call/call.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {WireClient} from './wire-dispatch.js';
import {WireNotifier} from './wire-notifier.js';
import {Wire} from './wire.js';

/** A number that answers, and the calls that it got. */
export interface FarSide {
  readonly calls: SipCall[];
  readonly client: WireClient;
}

/** A PBX whose codes are users of a wire. */
export class WirePbx {
  readonly wire = new Wire({alice: ''});
  readonly notifier = new WireNotifier(this.wire, ['dialog', 'presence', 'message-summary']);
  readonly #clients: WireClient[] = [];

  /** Registers a user of the standard profile. */
  async user(name: string, options: Partial<SipClientOptions> = {}): Promise<WireClient> {
    this.wire.users.set(name, '');
    const client = new WireClient(this.wire, {
      user: name,
      password: '',
      profile: 'standard',
      historyStorage: 'none',
      ...options,
    });
    this.#clients.push(client);
    await client.connect();
    await client.register();
    return client;
  }

  /** Registers a number that answers, and can be transferred. */
  async far(number: string): Promise<FarSide> {
    const calls: SipCall[] = [];
    const client = await this.user(number);
    client.addEventListener('sip-call-received', ({detail: {call}}) => {
      calls.push(call);
      // The other side may have ended the call by then.
      call.answer().catch(() => {});
    });
    client.addEventListener('sip-transfer-request', ({detail}) => void detail.respondWith(true));
    return {calls, client};
  }

  /** Disconnects all users. */
  async end(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.disconnect()));
  }
}
