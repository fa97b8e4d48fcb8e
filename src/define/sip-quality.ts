import {SipQualityElement} from '../elements/sip-quality/sip-quality.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-quality')) customElements.define('sip-quality', SipQualityElement);

export {SipQualityElement};
