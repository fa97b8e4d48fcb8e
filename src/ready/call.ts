/** `<sip-client>`, `<sip-dialer>`, `<sip-incoming>` and `<sip-call>`, for pages without a build: one file, which loads the rest. */
import {ContextRoot} from '@lit/context';
import '../beside-worker.js';
import '../define/sip-client.js';
import '../define/sip-call.js';
import '../define/sip-dialer.js';
import '../define/sip-incoming.js';

// Consumers that were there first find their provider when it comes.
new ContextRoot().attach(document.documentElement);
