import {SipPhoneElement} from '../elements/sip-phone/sip-phone.js';
import './sip-call.js';
import './sip-client.js';
import './sip-dialer.js';
import './sip-incoming.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-phone')) customElements.define('sip-phone', SipPhoneElement);

export {SipPhoneElement};
