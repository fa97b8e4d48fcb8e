import type {SipClientOptions} from './core/client/options.js';
import {ProfileClient, type ProfileService} from './profile-client.js';

/** A client of dispatch servers, which has no code for others. */
export class DispatchClient extends ProfileClient {
  constructor(options: Omit<SipClientOptions, 'profile'>) {
    super({...options, profile: 'dispatch'});
  }

  protected override async loadService(): Promise<ProfileService> {
    return (await import('./dispatch/dispatch-service.js')).DispatchService;
  }
}
