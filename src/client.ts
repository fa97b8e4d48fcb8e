import type {CallServiceFactory} from './core/client/call-service.js';
import {BaseClient} from './core/client/client.js';
import {EarlySocket} from './core/client/early-socket.js';
import {startWorker} from './core/tabs/early-worker.js';
import {phoneOf} from './core/tabs/shared-phone.js';
import type {ResolvedOptions, SipClientOptions} from './core/client/options.js';
import type {DispatchService} from './dispatch/dispatch-service.js';
import type {StandardService} from './standard/standard-service.js';

/**
 * A SIP client: one account at one server.
 *
 * ```ts
 * const client = new SipClient({server: 'wss://pbx.example/fswebrtc', user: '1001', password: '…'});
 * await client.connect();
 * await client.register();
 * const call = await client.call('1002', {media: 'video'});
 * ```
 * The code for SIP and media is loaded by `connect()`, not before; a `<sip-client>` loads it when the browser is idle.
 */
export class SipClient extends BaseClient {
  constructor(options: SipClientOptions) {
    super(options);
  }

  /**
   * @internal Loads what `connect()` needs, so that it begins at once; never rejects.
   * @param connects - Whether it will connect by itself: a worker that is started stays as long as the page.
   */
  async preload(connects: boolean): Promise<void> {
    if (connects) this.#startWorker();
    // If it cannot be loaded, `connect()` tries again and rejects.
    await loadService(this.options.profile).catch(() => {});
  }

  protected override readonly createService: CallServiceFactory = async (host) => {
    const {servers, sharedWorker, profile} = host.options;
    const socket = sharedWorker ? undefined : new EarlySocket(servers[0]!);
    this.#startWorker();
    try {
      const Service = await loadService(profile);
      return new Service(host, {...(socket && {socket})});
    } catch (error) {
      socket?.close();
      throw error;
    }
  };

  #startWorker(): void {
    const {sharedWorker: worker} = this.options;
    if (worker) startWorker({worker, phone: phoneOf(this.options)});
  }
}

/** Loads the code of a profile; what both have in common at the same time, and not when the profile's own code asks for it. */
async function loadService(
  profile: ResolvedOptions['profile'],
): Promise<typeof DispatchService | typeof StandardService> {
  import('./sip/user-agent.js').catch(() => {});
  return profile === 'standard'
    ? (await import('./standard/standard-service.js')).StandardService
    : (await import('./dispatch/dispatch-service.js')).DispatchService;
}
