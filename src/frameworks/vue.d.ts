/** Types of the tags for templates of Vue 3: `import type {} from 'sip-elements/vue'`, once in the project. */
import type {HTMLAttributes, PublicProps} from 'vue';
import type {CustomElements} from './elements.js';
import type {CamelCaseEvents} from './event-names.js';

/** The tags of the elements. */
export type SipTag = keyof CustomElements;

/** The properties, attributes and events of a tag in a template. */
export type SipElementProps<Tag extends SipTag> = CamelCaseEvents<Tag> &
  Omit<HTMLAttributes, keyof CustomElements[Tag]> &
  PublicProps;

/** A tag as templates know it; a template ref gives its element. */
export type SipTemplateElement<Tag extends SipTag> = new () => HTMLElementTagNameMap[Tag] & {
  /** @deprecated Describes the template; the element has no such property. */
  $props: SipElementProps<Tag>;
};

/** All tags, with what a template can write on them. */
export type SipTemplateElements = {[Tag in SipTag]: SipTemplateElement<Tag>};

declare module 'vue' {
  export interface GlobalComponents extends SipTemplateElements {}
}
