import {SipMessagesElement} from '../elements/sip-messages/sip-messages.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-messages')) customElements.define('sip-messages', SipMessagesElement);

export {SipMessagesElement};
