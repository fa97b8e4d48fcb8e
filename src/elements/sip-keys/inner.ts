import type {InnerElements} from '../shared/define-inner.js';
import {SelectionPlaceElement} from '../shared/selection/selection-place.js';
import {TilePagesElement} from '../shared/tiles/tile-pages.js';
import {DirectoryMenuElement} from '../sip-directory/directory-menu.js';
import {KeysAdderElement} from './keys-adder.js';
import {KeysPanelElement} from './keys-panel.js';

/** The elements that a `<sip-keys>` is made of. */
export const inner: InnerElements = {
  'sip-directory-menu': DirectoryMenuElement,
  'sip-selection-place': SelectionPlaceElement,
  'sip-tile-pages': TilePagesElement,
  'sip-keys-adder': KeysAdderElement,
  'sip-keys-panel': KeysPanelElement,
};
