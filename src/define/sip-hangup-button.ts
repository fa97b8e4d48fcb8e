import {SipHangupButtonElement} from '../elements/controls/sip-hangup-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-hangup-button'))
  customElements.define('sip-hangup-button', SipHangupButtonElement);

export {SipHangupButtonElement};
