import type {InnerElements} from '../shared/define-inner.js';
import {RecallPanelElement} from './recall-panel.js';

/** The elements that a `<sip-recall>` is made of. */
export const inner: InnerElements = {'sip-recall-panel': RecallPanelElement};
