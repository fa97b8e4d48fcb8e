import type {InnerElements} from '../shared/define-inner.js';
import {QueuePanelElement} from './queue-panel.js';

/** The elements that a `<sip-queue>` is made of. */
export const inner: InnerElements = {'sip-queue-panel': QueuePanelElement};
