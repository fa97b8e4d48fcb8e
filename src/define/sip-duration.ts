import {SipDurationElement} from '../elements/controls/sip-duration.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-duration')) customElements.define('sip-duration', SipDurationElement);

export {SipDurationElement};
