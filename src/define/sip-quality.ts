import {SipQualityElement} from '../elements/sip-quality/sip-quality.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-quality')) customElements.define('sip-quality', SipQualityElement);

export {SipQualityElement};
