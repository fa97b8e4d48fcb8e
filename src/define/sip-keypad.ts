import {SipKeypadElement} from '../elements/controls/sip-keypad.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-keypad')) customElements.define('sip-keypad', SipKeypadElement);

export {SipKeypadElement};
