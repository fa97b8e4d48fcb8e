import {SipMessagesElement} from '../elements/sip-messages/sip-messages.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-messages')) customElements.define('sip-messages', SipMessagesElement);

export {SipMessagesElement};
