import {SipHistoryElement} from '../elements/sip-history/sip-history.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-history')) customElements.define('sip-history', SipHistoryElement);

export {SipHistoryElement};
