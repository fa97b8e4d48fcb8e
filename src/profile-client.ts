import type {CallService, CallServiceFactory, CallServiceHost} from './core/client/call-service.js';
import {BaseClient} from './core/client/client.js';
import {EarlySocket} from './core/client/early-socket.js';
import {startWorker} from './core/tabs/early-worker.js';
import {phoneOf} from './core/tabs/shared-phone.js';
import type {ResolvedOptions} from './core/client/options.js';

/** The class of a profile's service, which takes a socket that is opening already. */
export type ProfileService = new (
  host: CallServiceHost,
  parts: {readonly socket?: EarlySocket},
) => CallService;

/** A client whose subclass says which profiles it can load. */
export abstract class ProfileClient extends BaseClient {
  /**
   * @internal Loads what `connect()` needs, so that it begins at once; never rejects.
   * @param connects - Whether it will connect by itself: a worker that is started stays as long as the page.
   */
  async preload(connects: boolean): Promise<void> {
    if (connects) this.#startWorker();
    // If it cannot be loaded, `connect()` tries again and rejects.
    await this.loadService(this.options.profile).catch(() => {});
  }

  /** Loads the code of a profile. */
  protected abstract loadService(profile: ResolvedOptions['profile']): Promise<ProfileService>;

  protected override readonly createService: CallServiceFactory = async (host) => {
    const {servers, sharedWorker, profile} = host.options;
    const socket = sharedWorker ? undefined : new EarlySocket(servers[0]!);
    this.#startWorker();
    try {
      const Service = await this.loadService(profile);
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
