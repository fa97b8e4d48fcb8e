interface Documented {
  readonly tagName: string;
  readonly cssParts?: readonly {readonly name: string}[];
}

const {default: manifest} = (await import('../../../custom-elements.json' as string)) as {
  default: {modules: readonly {readonly declarations: readonly Documented[]}[]};
};

/** All documented elements. */
export const DOCUMENTED = manifest.modules.flatMap(({declarations}) => declarations);

/** The tags of all documented elements. */
export const TAGS = DOCUMENTED.map(({tagName}) => tagName);

/** The tags of the single buttons of a call. */
export const BUTTONS = TAGS.filter((tag) => tag.endsWith('-button'));
