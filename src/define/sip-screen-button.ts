import {SipScreenButtonElement} from '../elements/controls/sip-screen-button.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-screen-button'))
  customElements.define('sip-screen-button', SipScreenButtonElement);

export {SipScreenButtonElement};
