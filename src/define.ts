/**
 * Registers every tag, providers first, so that an element finds its client at once; leaves alone what is registered
 * already. `./define/sip-….js`, published as `./elements/sip-….js`, registers one tag and those that it renders; the
 * classes in `./elements/` register nothing. `npm run manifest` writes the imports.
 */
import {ContextRoot} from '@lit/context';
import './define/sip-client.js';
import './define/sip-call.js';
import './define/sip-audio.js';
import './define/sip-calls.js';
import './define/sip-camera-button.js';
import './define/sip-channels.js';
import './define/sip-check.js';
import './define/sip-conference.js';
import './define/sip-console.js';
import './define/sip-desk-link.js';
import './define/sip-devices.js';
import './define/sip-dialer.js';
import './define/sip-directory.js';
import './define/sip-duration.js';
import './define/sip-hangup-button.js';
import './define/sip-history.js';
import './define/sip-hold-button.js';
import './define/sip-incoming.js';
import './define/sip-intercom.js';
import './define/sip-journal.js';
import './define/sip-keypad.js';
import './define/sip-keys.js';
import './define/sip-map.js';
import './define/sip-messages.js';
import './define/sip-monitor.js';
import './define/sip-mute-button.js';
import './define/sip-phone.js';
import './define/sip-photo-button.js';
import './define/sip-quality.js';
import './define/sip-queue.js';
import './define/sip-recall.js';
import './define/sip-record-button.js';
import './define/sip-recordings.js';
import './define/sip-screen-button.js';
import './define/sip-transfer-button.js';
import './define/sip-upload.js';
import './define/sip-video.js';

// Consumers that were there first find their provider when it comes. In Node there is no page.
if (globalThis.document) new ContextRoot().attach(document.documentElement);
