import {SipDurationElement} from '../elements/controls/sip-duration.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-duration')) customElements.define('sip-duration', SipDurationElement);

export {SipDurationElement};
