import type {ReactiveElement} from 'lit';
import type {ViewContext} from '../shared/view-context.js';

/** The properties of the element that its view reads and writes. */
export interface MessagesHost extends ReactiveElement {
  with: string;
  name: string;
}

/** The objects that the parts of a view share. */
export type MessagesContext = ViewContext<MessagesHost>;
