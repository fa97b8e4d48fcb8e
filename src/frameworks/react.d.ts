/** Types of the tags for JSX of React 19: `import type {} from 'sip-elements/react'`, once in the project. */
import type {ClassAttributes, HTMLAttributes} from 'react';
import type {CustomElements} from './elements.js';

/** The tags of the elements. */
export type SipTag = keyof CustomElements;

/** The properties, attributes and events of a tag in JSX; `ref` gives its element. */
export type SipElementProps<Tag extends SipTag> = CustomElements[Tag] &
  Omit<HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof CustomElements[Tag]> &
  ClassAttributes<HTMLElementTagNameMap[Tag]>;

/** All tags, with what JSX can write on them. */
export type SipIntrinsicElements = {[Tag in SipTag]: SipElementProps<Tag>};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends SipIntrinsicElements {}
  }
}
