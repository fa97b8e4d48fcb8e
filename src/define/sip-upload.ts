import {SipUploadElement} from '../elements/sip-upload/sip-upload.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-upload')) customElements.define('sip-upload', SipUploadElement);

export {SipUploadElement};
