import {SipDialerElement} from '../elements/sip-dialer/sip-dialer.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-dialer')) customElements.define('sip-dialer', SipDialerElement);

export {SipDialerElement};
