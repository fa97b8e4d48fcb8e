import {SipMapElement} from '../elements/sip-map/sip-map.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-map')) customElements.define('sip-map', SipMapElement);

export {SipMapElement};
