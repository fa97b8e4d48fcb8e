import type {InnerElements} from '../shared/define-inner.js';
import {TransferPanelElement} from './transfer-panel.js';

/** The contents of the dialog of a `<sip-transfer-button>`. */
export const inner: InnerElements = {'sip-transfer-panel': TransferPanelElement};
