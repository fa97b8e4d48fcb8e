import type {SipCall} from '../../../src/core/call/call.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {WireClient} from './wire-dispatch.js';
import {Wire} from './wire.js';

/** The phones of alice and bob at one wire, as of any SIP server. */
export class WirePair {
  readonly wire = new Wire({alice: '', bob: ''});
  readonly #clients: WireClient[] = [];

  /** Resolves with a registered client. */
  async online(user: string, options: Partial<SipClientOptions>): Promise<WireClient> {
    const client = new WireClient(this.wire, {
      user,
      profile: 'standard',
      historyStorage: 'none',
      ...options,
    });
    this.#clients.push(client);
    await client.connect();
    await client.register();
    return client;
  }

  /** Lets alice call bob, who answers. Resolves with the call at each side. */
  async talk(
    media: 'audio' | 'video',
    ofAlice: Partial<SipClientOptions>,
    ofBob: Partial<SipClientOptions>,
  ): Promise<{call: SipCall; far: SipCall}> {
    const alice = await this.online('alice', ofAlice);
    const bob = await this.online('bob', ofBob);
    const ringing = new Promise<SipCall>((resolve) =>
      bob.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );
    const call = await alice.call('bob', {media});
    const far = await ringing;
    await far.answer({media});
    return {call, far};
  }

  async end(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.disconnect()));
  }
}
