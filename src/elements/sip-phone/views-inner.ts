import type {InnerElements} from '../shared/define-inner.js';
import {SipCallsElement} from '../sip-calls/sip-calls.js';
import {SipDevicesElement} from '../sip-devices/sip-devices.js';
import {SipDirectoryElement} from '../sip-directory/sip-directory.js';
import {SipHistoryElement} from '../sip-history/sip-history.js';
import {SipMessagesElement} from '../sip-messages/sip-messages.js';

/** What a `<sip-phone>` shows beside the keypad and one call. */
export const inner: InnerElements = {
  'sip-calls': SipCallsElement,
  'sip-devices': SipDevicesElement,
  'sip-directory': SipDirectoryElement,
  'sip-history': SipHistoryElement,
  'sip-messages': SipMessagesElement,
};
