import {SipVideoElement} from '../elements/sip-video/sip-video.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-video')) customElements.define('sip-video', SipVideoElement);

export {SipVideoElement};
