import {SipMuteButtonElement} from '../elements/controls/sip-mute-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-mute-button')) customElements.define('sip-mute-button', SipMuteButtonElement);

export {SipMuteButtonElement};
