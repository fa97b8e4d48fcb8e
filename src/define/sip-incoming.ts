import {SipIncomingElement} from '../elements/sip-incoming/sip-incoming.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-incoming')) customElements.define('sip-incoming', SipIncomingElement);

export {SipIncomingElement};
