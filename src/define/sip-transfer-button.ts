import {SipTransferButtonElement} from '../elements/controls/sip-transfer-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-transfer-button'))
  customElements.define('sip-transfer-button', SipTransferButtonElement);

export {SipTransferButtonElement};
