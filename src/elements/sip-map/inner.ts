import '../../locales/directory-en.js';
import type {InnerElements} from '../shared/define-inner.js';
import {MapListElement} from './map-list.js';
import {MapPanelElement} from './map-panel.js';
import {MapViewElement} from './map-view.js';

/** The elements that a `<sip-map>` is made of. */
export const inner: InnerElements = {
  'sip-map-panel': MapPanelElement,
  'sip-map-view': MapViewElement,
  'sip-map-list': MapListElement,
};
