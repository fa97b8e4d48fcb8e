import {SipKeysElement} from '../elements/sip-keys/sip-keys.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-keys')) customElements.define('sip-keys', SipKeysElement);

export {SipKeysElement};
