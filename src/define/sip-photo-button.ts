import {SipPhotoButtonElement} from '../elements/controls/sip-photo-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-photo-button')) customElements.define('sip-photo-button', SipPhotoButtonElement);

export {SipPhotoButtonElement};
