import {SipMonitorElement} from '../elements/sip-monitor/sip-monitor.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-monitor')) customElements.define('sip-monitor', SipMonitorElement);

export {SipMonitorElement};
