import type {UserAgentCore} from '../sip-js.js';
import type {ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import type {DtmfMethod} from '../../core/call/tones.js';
import type {PeerSettings} from '../../media/peer/peer.js';
import type {Addresses} from '../headers/addresses.js';
import type {Log} from '../log.js';
import type {IncomingReferral} from '../transfer/referral.js';

/** What a dialog of the class `D` needs from its user agent. */
export interface DialogContext<D = unknown> {
  readonly core: UserAgentCore;
  readonly settings: PeerSettings;
  readonly log: Log;
  readonly dtmf: DtmfMethod;
  readonly policy: ReconnectPolicy;
  readonly addresses: Addresses;
  onReferral(dialog: D, referral: IncomingReferral): void;
  onEnd(dialog: D): void;
  /** The media of a call are lost or go another way: the network may have changed without another sign. */
  onNetworkDoubt(): void;
  /** @param from - The number of the other side. */
  onMessage(dialog: D, from: string, body: string, contentType: string): void;
}
