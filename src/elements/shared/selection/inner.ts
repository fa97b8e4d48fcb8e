import type {InnerElements} from '../define-inner.js';
import {SelectionBarElement} from './selection-bar.js';

/** What acts on a selection. */
export const inner: InnerElements = {'sip-selection-bar': SelectionBarElement};
