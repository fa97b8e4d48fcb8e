import {SipRecallElement} from '../elements/sip-recall/sip-recall.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-recall')) customElements.define('sip-recall', SipRecallElement);

export {SipRecallElement};
