import type {ReactiveElement} from 'lit';
import type {Numbers} from '../../core/directory/directory.js';
import type {ViewContext} from '../shared/view-context.js';

/** The properties of the element that the parts of an intercom read. */
export interface IntercomHost extends ReactiveElement {
  sid: string;
  group: string;
  members: Numbers;
  number: string;
  name: string;
  pushKey: string;
  pressToToggle: boolean;
  silent: boolean;
}

/** The objects that the parts of an intercom share. */
export type IntercomContext = ViewContext<IntercomHost>;
