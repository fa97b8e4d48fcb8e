import type {ResolvedOptions, SipClientOptions} from './core/client/options.js';
import {ProfileClient, type ProfileService} from './profile-client.js';

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
export class SipClient extends ProfileClient {
  constructor(options: SipClientOptions) {
    super(options);
  }

  /** Loads what both profiles have in common at the same time, and not when the profile's own code asks for it. */
  protected override async loadService(profile: ResolvedOptions['profile']): Promise<ProfileService> {
    import('./sip/user-agent.js').catch(() => {});
    return profile === 'standard'
      ? (await import('./standard/standard-service.js')).StandardService
      : (await import('./dispatch/dispatch-service.js')).DispatchService;
  }
}
