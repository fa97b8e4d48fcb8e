import '../../locales/directory-en.js';
import type {InnerElements} from '../shared/define-inner.js';
import {DirectoryMenuElement} from './directory-menu.js';
import {DirectoryPanelElement} from './directory-panel.js';
import {DirectoryRowElement} from './directory-row.js';
import {DirectoryTreeElement} from './directory-tree.js';

/** The elements that a `<sip-directory>` is made of. */
export const inner: InnerElements = {
  'sip-directory-panel': DirectoryPanelElement,
  'sip-directory-tree': DirectoryTreeElement,
  'sip-directory-row': DirectoryRowElement,
  'sip-directory-menu': DirectoryMenuElement,
};
