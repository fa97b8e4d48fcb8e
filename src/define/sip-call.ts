import {SipCallElement} from '../elements/sip-call/sip-call.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-call')) customElements.define('sip-call', SipCallElement);

export {SipCallElement};
