import type {InnerElements} from '../shared/define-inner.js';
import {RecordingPlayerElement} from '../shared/recordings/recording-player.js';
import {RecordingsPanelElement} from './recordings-panel.js';

/** The elements that a `<sip-recordings>` is made of. */
export const inner: InnerElements = {
  'sip-recording-player': RecordingPlayerElement,
  'sip-recordings-panel': RecordingsPanelElement,
};
