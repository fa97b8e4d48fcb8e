import {SipHoldButtonElement} from '../elements/controls/sip-hold-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-hold-button')) customElements.define('sip-hold-button', SipHoldButtonElement);

export {SipHoldButtonElement};
