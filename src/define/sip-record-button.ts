import {SipRecordButtonElement} from '../elements/controls/sip-record-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-record-button'))
  customElements.define('sip-record-button', SipRecordButtonElement);

export {SipRecordButtonElement};
