import {SipJournalElement} from '../elements/sip-journal/sip-journal.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-journal')) customElements.define('sip-journal', SipJournalElement);

export {SipJournalElement};
