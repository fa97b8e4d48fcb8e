import type {ReactiveElement} from 'lit';
import type {ViewContext} from '../shared/view-context.js';

/** What the view reads and writes of the element that it draws. */
export interface MessagesHost extends ReactiveElement {
  with: string;
  name: string;
}

/** What the parts of a view work with. */
export type MessagesContext = ViewContext<MessagesHost>;
