/** Reads the elements' doc blocks, decorators and tag maps into `custom-elements.json`. */

/** Takes an element's tag from the `HTMLElementTagNameMap` of its file. */
const tagNames = {
  name: 'tag-names',
  analyzePhase({ts, node, moduleDoc}) {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'HTMLElementTagNameMap') return;
    for (const member of node.members) {
      const declaration = moduleDoc.declarations?.find(({name}) => name === member.type?.getText());
      if (declaration) Object.assign(declaration, {tagName: member.name?.text, customElement: true});
    }
  },
};

/** Leaves out what no page can reach: helpers, and what is private to an element. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({customElementsManifest}) {
    for (const module of customElementsManifest.modules) {
      const elements = module.declarations.filter(({tagName}) => tagName);
      for (const element of elements) {
        element.members &&= element.members.filter(
          (member) => !member.privacy && !member.static && !member.name.startsWith('#'),
        );
      }
      module.declarations = elements;
    }
  },
};

export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['src/elements/**/*.styles.ts', 'src/elements/shared/icons.ts'],
  litelement: true,
  packagejson: false,
  quiet: true,
  plugins: [tagNames, publicOnly],
};
