import {SipUploadElement} from '../elements/sip-upload/sip-upload.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-upload')) customElements.define('sip-upload', SipUploadElement);

export {SipUploadElement};
