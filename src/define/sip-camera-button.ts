import {SipCameraButtonElement} from '../elements/controls/sip-camera-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-camera-button'))
  customElements.define('sip-camera-button', SipCameraButtonElement);

export {SipCameraButtonElement};
