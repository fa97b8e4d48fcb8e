import type {ReactiveElement} from 'lit';
import type {Numbers} from '../../core/directory/directory.js';
import type {ViewContext} from '../shared/view-context.js';

/** The maximum number of videos on a wall. */
export const MOST = 16;

/** The properties of the element that the wall reads and writes. */
export interface MonitorHost extends ReactiveElement {
  numbers: Numbers;
  sid: string;
  members: Numbers;
  codec: string;
}

/** The objects that the parts of a view share. */
export type MonitorContext = ViewContext<MonitorHost>;
