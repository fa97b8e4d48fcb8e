import type {ReactiveElement} from 'lit';
import type {Numbers} from '../../core/directory/directory.js';
import type {ViewContext} from '../shared/view-context.js';

/** What the parts of an intercom read of the element that they draw. */
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

/** What the parts of an intercom work with. */
export type IntercomContext = ViewContext<IntercomHost>;
