import {SipHoldButtonElement} from '../elements/controls/sip-hold-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-hold-button')) customElements.define('sip-hold-button', SipHoldButtonElement);

export {SipHoldButtonElement};
