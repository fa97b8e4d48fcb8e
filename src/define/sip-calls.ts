import {SipCallsElement} from '../elements/sip-calls/sip-calls.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-calls')) customElements.define('sip-calls', SipCallsElement);

export {SipCallsElement};
