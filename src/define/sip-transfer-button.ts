import {SipTransferButtonElement} from '../elements/controls/sip-transfer-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-transfer-button'))
  customElements.define('sip-transfer-button', SipTransferButtonElement);

export {SipTransferButtonElement};
