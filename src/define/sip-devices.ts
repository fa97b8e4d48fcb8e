import {SipDevicesElement} from '../elements/sip-devices/sip-devices.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-devices')) customElements.define('sip-devices', SipDevicesElement);

export {SipDevicesElement};
