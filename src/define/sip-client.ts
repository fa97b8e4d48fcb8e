import {SipClientElement} from '../elements/sip-client/sip-client.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-client')) customElements.define('sip-client', SipClientElement);

export {SipClientElement};
