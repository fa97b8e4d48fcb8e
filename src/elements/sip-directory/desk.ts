import type {CSSResult} from 'lit';
import {denseRow} from './dense.styles.js';

/** What a directory has at a desk: rows of one line, whose actions lie over them. */
export const look: readonly CSSResult[] = [denseRow];
