import {SipConsoleElement} from '../elements/sip-console/sip-console.js';
import './sip-call.js';
import './sip-channels.js';
import './sip-conference.js';
import './sip-dialer.js';
import './sip-directory.js';
import './sip-history.js';
import './sip-incoming.js';
import './sip-journal.js';
import './sip-keys.js';
import './sip-map.js';
import './sip-messages.js';
import './sip-monitor.js';
import './sip-queue.js';
import './sip-upload.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-console')) customElements.define('sip-console', SipConsoleElement);

export {SipConsoleElement};
