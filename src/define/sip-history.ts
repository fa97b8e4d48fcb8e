import {SipHistoryElement} from '../elements/sip-history/sip-history.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-history')) customElements.define('sip-history', SipHistoryElement);

export {SipHistoryElement};
