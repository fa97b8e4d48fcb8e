import '../../locales/directory-en.js';
import type {InnerElements} from '../shared/define-inner.js';
import {DirectoryMenuElement} from '../sip-directory/directory-menu.js';
import {DESK} from './desk.js';
import {KeysAdderElement} from './keys-adder.js';
import {KeysPanelElement} from './keys-panel.js';

/** The elements that a `<sip-keys>` is made of, without those of directories and talk groups, whose files have them. */
const own: InnerElements = {
  'sip-directory-menu': DirectoryMenuElement,
  'sip-keys-adder': KeysAdderElement,
  'sip-keys-panel': KeysPanelElement,
};

/** Loads all elements that a `<sip-keys>` is made of. */
export async function loadInner(): Promise<InnerElements> {
  const [desk, tools] = await Promise.all([DESK.wait(), import('../sip-channels/tools.js')]);
  return {...tools.inner, 'sip-selection-place': desk.SelectionPlaceElement, ...own};
}
