import type {InnerElements} from '../shared/define-inner.js';
import {JournalPanelElement} from './journal-panel.js';

/** The elements that a `<sip-journal>` is made of. */
export const inner: InnerElements = {'sip-journal-panel': JournalPanelElement};
