import {SipCallsElement} from '../elements/sip-calls/sip-calls.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-calls')) customElements.define('sip-calls', SipCallsElement);

export {SipCallsElement};
