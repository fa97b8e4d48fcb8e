import type {Session, URI} from 'sip.js';
import type {ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import type {DtmfMethod} from '../../core/call/tones.js';
import type {PeerSettings} from '../../media/peer/peer.js';
import type {Log} from '../log.js';
import type {IncomingReferral} from '../transfer/referral.js';
import type {NegotiatingHandler} from './session-description-handler.js';

/** What a dialog of the class `D` needs from its user agent. */
export interface DialogContext<D = unknown> {
  readonly settings: PeerSettings;
  readonly log: Log;
  readonly dtmf: DtmfMethod;
  readonly policy: ReconnectPolicy;
  /** Gives sip.js the media of its sessions. */
  readonly handlers: WeakMap<Session, NegotiatingHandler>;
  /** @throws {SipError} `invalid-number` */
  uriOf(number: string): URI;
  onReferral(dialog: D, referral: IncomingReferral): void;
  onEnd(dialog: D): void;
  onMessage(dialog: D, session: Session, body: string, contentType: string): void;
}
