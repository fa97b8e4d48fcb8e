import {SipMuteButtonElement} from '../elements/controls/sip-mute-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-mute-button')) customElements.define('sip-mute-button', SipMuteButtonElement);

export {SipMuteButtonElement};
