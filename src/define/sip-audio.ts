import {SipAudioElement} from '../elements/controls/sip-audio.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-audio')) customElements.define('sip-audio', SipAudioElement);

export {SipAudioElement};
