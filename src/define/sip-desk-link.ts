import {SipDeskLinkElement} from '../elements/sip-desk-link/sip-desk-link.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-desk-link')) customElements.define('sip-desk-link', SipDeskLinkElement);

export {SipDeskLinkElement};
