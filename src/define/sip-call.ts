import {SipCallElement} from '../elements/sip-call.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-call')) customElements.define('sip-call', SipCallElement);

export {SipCallElement};
