import {SipDirectoryElement} from '../elements/sip-directory/sip-directory.js';

// What the page has registered already is left alone.
if (!customElements.get('sip-directory')) customElements.define('sip-directory', SipDirectoryElement);

export {SipDirectoryElement};
