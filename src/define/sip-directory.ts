import {SipDirectoryElement} from '../elements/sip-directory/sip-directory.js';

// Does not replace an element that the page has already registered.
if (!customElements.get('sip-directory')) customElements.define('sip-directory', SipDirectoryElement);

export {SipDirectoryElement};
