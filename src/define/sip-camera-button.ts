import {SipCameraButtonElement} from '../elements/controls/sip-camera-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-camera-button'))
  customElements.define('sip-camera-button', SipCameraButtonElement);

export {SipCameraButtonElement};
