import {SipIncomingElement} from '../elements/sip-incoming/sip-incoming.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-incoming')) customElements.define('sip-incoming', SipIncomingElement);

export {SipIncomingElement};
