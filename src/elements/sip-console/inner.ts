import type {InnerElements} from '../shared/define-inner.js';
import {ConsoleBarElement} from './console-bar.js';
import {ConsoleDividerElement} from './console-divider.js';
import {ConsoleHandoverElement} from './console-handover.js';
import {ConsoleKeysElement} from './console-keys.js';
import {ConsoleMenuElement} from './console-menu.js';
import {ConsolePanelElement} from './console-panel.js';

/** The elements that a `<sip-console>` is made of. */
export const inner: InnerElements = {
  'sip-console-panel': ConsolePanelElement,
  'sip-console-bar': ConsoleBarElement,
  'sip-console-menu': ConsoleMenuElement,
  'sip-console-keys': ConsoleKeysElement,
  'sip-console-handover': ConsoleHandoverElement,
  'sip-console-divider': ConsoleDividerElement,
};
