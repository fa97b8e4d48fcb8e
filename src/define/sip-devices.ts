import {SipDevicesElement} from '../elements/sip-devices/sip-devices.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-devices')) customElements.define('sip-devices', SipDevicesElement);

export {SipDevicesElement};
