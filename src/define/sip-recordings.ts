import {SipRecordingsElement} from '../elements/sip-recordings/sip-recordings.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-recordings')) customElements.define('sip-recordings', SipRecordingsElement);

export {SipRecordingsElement};
