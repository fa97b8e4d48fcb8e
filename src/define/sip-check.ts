import {SipCheckElement} from '../elements/sip-check/sip-check.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-check')) customElements.define('sip-check', SipCheckElement);

export {SipCheckElement};
