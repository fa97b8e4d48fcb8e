import '../../locales/upload-en.js';
import {MessagesBubbleElement} from './messages-bubble.js';
import {MessagesComposerElement} from './messages-composer.js';
import {MessagesListElement} from './messages-list.js';
import {MessagesLogElement} from './messages-log.js';
import {MessagesPanelElement} from './messages-panel.js';

/** The elements that a `<sip-messages>` is made of. */
export const inner = {
  'sip-messages-panel': MessagesPanelElement,
  'sip-messages-list': MessagesListElement,
  'sip-messages-log': MessagesLogElement,
  'sip-messages-bubble': MessagesBubbleElement,
  'sip-messages-composer': MessagesComposerElement,
};
