/** SIP over WebSocket on the server's side: connections, registrations, invitations, messages. */
export {
  isSameClient,
  type Binding,
  type BindingEnd,
  type Line,
  type OutgoingCall,
  type Recipient,
} from './binding.js';
export {SipConnection} from './connection.js';
export {SipStatusError, type DialogHandlers} from './dialog.js';
export {SipHub, type HubOptions, type IncomingMessage} from './hub.js';
export {IncomingInvite, type IncomingInviteHandlers} from './incoming-invite.js';
export {
  OutgoingInvite,
  type InviteState,
  type OutgoingInviteHandlers,
  type OutgoingInviteOptions,
} from './outgoing-invite.js';
export {Subscription, type SubscriptionAsked} from './subscription.js';
export {sipUri} from './uri.js';
export {passedOn, refusedWith} from './passed-on.js';
export {IncomingRefer, type Replaces} from './refer.js';
