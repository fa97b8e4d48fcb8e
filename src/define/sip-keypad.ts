import {SipKeypadElement} from '../elements/controls/sip-keypad.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-keypad')) customElements.define('sip-keypad', SipKeypadElement);

export {SipKeypadElement};
