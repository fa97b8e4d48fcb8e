import {SipQueueElement} from '../elements/sip-queue/sip-queue.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-queue')) customElements.define('sip-queue', SipQueueElement);

export {SipQueueElement};
