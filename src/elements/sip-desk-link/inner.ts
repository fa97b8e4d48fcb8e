import type {InnerElements} from '../shared/define-inner.js';
import {DeskLinkPanelElement} from './desk-link-panel.js';

/** The elements that a `<sip-desk-link>` is made of. */
export const inner: InnerElements = {'sip-desk-link-panel': DeskLinkPanelElement};
