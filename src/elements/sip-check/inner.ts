import type {InnerElements} from '../shared/define-inner.js';
import {CheckPanelElement} from './check-panel.js';

/** The elements that a `<sip-check>` is made of. */
export const inner: InnerElements = {'sip-check-panel': CheckPanelElement};
