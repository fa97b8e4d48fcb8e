import {SipDialerElement} from '../elements/sip-dialer/sip-dialer.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-dialer')) customElements.define('sip-dialer', SipDialerElement);

export {SipDialerElement};
