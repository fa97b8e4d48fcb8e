import type {CallServiceFactory} from './core/client/call-service.js';
import {BaseClient} from './core/client/client.js';
import {EarlySocket} from './core/client/early-socket.js';
import type {SipClientOptions} from './core/client/options.js';

/**
 * A SIP client: one account at one server.
 *
 * ```ts
 * const client = new SipClient({server: 'wss://pbx.example/fswebrtc', user: '1001', password: '…'});
 * await client.connect();
 * await client.register();
 * const call = await client.call('1002', {media: 'video'});
 * ```
 * The code for SIP and media is loaded by `connect()`, not before.
 */
export class SipClient extends BaseClient {
  constructor(options: SipClientOptions) {
    super(options);
  }

  protected override readonly createService: CallServiceFactory = async (host) => {
    const {servers, sharedWorker} = host.options;
    const socket = sharedWorker ? undefined : new EarlySocket(servers[0]!);
    try {
      if (host.options.profile === 'standard') {
        const {StandardService} = await import('./standard/standard-service.js');
        return new StandardService(host, {...(socket && {socket})});
      }
      const {DispatchService} = await import('./dispatch/dispatch-service.js');
      return new DispatchService(host, {...(socket && {socket})});
    } catch (error) {
      socket?.close();
      throw error;
    }
  };
}
