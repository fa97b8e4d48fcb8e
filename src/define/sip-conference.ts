import {SipConferenceElement} from '../elements/sip-conference/sip-conference.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-conference')) customElements.define('sip-conference', SipConferenceElement);

export {SipConferenceElement};
