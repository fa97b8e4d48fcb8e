import {SipPhotoButtonElement} from '../elements/controls/sip-photo-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-photo-button')) customElements.define('sip-photo-button', SipPhotoButtonElement);

export {SipPhotoButtonElement};
