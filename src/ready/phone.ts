/** `<sip-phone>`, for pages without a build, beside `call.js`. */
import './call.js';
import '../define/sip-phone.js';
