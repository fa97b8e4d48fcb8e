import {SipCallElement} from '../elements/sip-call/sip-call.js';
import './sip-audio.js';
import './sip-camera-button.js';
import './sip-duration.js';
import './sip-hangup-button.js';
import './sip-hold-button.js';
import './sip-keypad.js';
import './sip-mute-button.js';
import './sip-photo-button.js';
import './sip-quality.js';
import './sip-record-button.js';
import './sip-screen-button.js';
import './sip-transfer-button.js';
import './sip-video.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-call')) customElements.define('sip-call', SipCallElement);

export {SipCallElement};
