import {SipHangupButtonElement} from '../elements/controls/sip-hangup-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-hangup-button'))
  customElements.define('sip-hangup-button', SipHangupButtonElement);

export {SipHangupButtonElement};
