import {SipChannelsElement} from '../elements/sip-channels/sip-channels.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-channels')) customElements.define('sip-channels', SipChannelsElement);

export {SipChannelsElement};
