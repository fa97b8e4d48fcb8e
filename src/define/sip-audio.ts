import {SipAudioElement} from '../elements/controls/sip-audio.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-audio')) customElements.define('sip-audio', SipAudioElement);

export {SipAudioElement};
