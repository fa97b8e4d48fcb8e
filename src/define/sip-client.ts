import {SipClientElement} from '../elements/sip-client/sip-client.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-client')) customElements.define('sip-client', SipClientElement);

export {SipClientElement};
