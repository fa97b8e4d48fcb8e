import {SipVideoElement} from '../elements/sip-video/sip-video.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-video')) customElements.define('sip-video', SipVideoElement);

export {SipVideoElement};
