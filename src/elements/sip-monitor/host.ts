import type {ReactiveElement} from 'lit';
import type {Numbers} from '../../core/directory/directory.js';
import type {ViewContext} from '../shared/view-context.js';

/** How many pictures are on a wall at most. */
export const MOST = 16;

/** What a wall reads and writes of the element that it draws. */
export interface MonitorHost extends ReactiveElement {
  numbers: Numbers;
  sid: string;
  members: Numbers;
  codec: string;
}

/** What the parts of a view work with. */
export type MonitorContext = ViewContext<MonitorHost>;
