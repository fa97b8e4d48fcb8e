import {SipRecordButtonElement} from '../elements/controls/sip-record-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-record-button'))
  customElements.define('sip-record-button', SipRecordButtonElement);

export {SipRecordButtonElement};
