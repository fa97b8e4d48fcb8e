import {SipIntercomElement} from '../elements/sip-intercom/sip-intercom.js';
import './sip-audio.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-intercom')) customElements.define('sip-intercom', SipIntercomElement);

export {SipIntercomElement};
