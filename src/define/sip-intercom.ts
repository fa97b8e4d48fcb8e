import {SipIntercomElement} from '../elements/sip-intercom/sip-intercom.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-intercom')) customElements.define('sip-intercom', SipIntercomElement);

export {SipIntercomElement};
