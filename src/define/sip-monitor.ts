import {SipMonitorElement} from '../elements/sip-monitor/sip-monitor.js';
import './sip-audio.js';
import './sip-photo-button.js';
import './sip-record-button.js';
import './sip-video.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-monitor')) customElements.define('sip-monitor', SipMonitorElement);

export {SipMonitorElement};
