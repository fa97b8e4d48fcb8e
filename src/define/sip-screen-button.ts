import {SipScreenButtonElement} from '../elements/controls/sip-screen-button.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-screen-button'))
  customElements.define('sip-screen-button', SipScreenButtonElement);

export {SipScreenButtonElement};
