/** Types of the tags for templates of Svelte 5: `import type {} from 'sip-elements/svelte'`, once in the project. */
import type {HTMLAttributes} from 'svelte/elements';
import type {CustomElements} from './elements.js';

/** The tags of the elements. */
export type SipTag = keyof CustomElements;

/** The properties, attributes and events of a tag in a template. */
export type SipElementProps<Tag extends SipTag> = CustomElements[Tag] &
  Omit<HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof CustomElements[Tag]>;

/** All tags, with what a template can write on them. */
export type SipTemplateElements = {[Tag in SipTag]: SipElementProps<Tag>};

declare module 'svelte/elements' {
  export interface SvelteHTMLElements extends SipTemplateElements {}
}
