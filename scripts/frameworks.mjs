/**
 * Writes into the built package what its users' frameworks know of the elements, from `custom-elements.json`:
 * `frameworks/elements.d.ts`, which the types in `src/frameworks` adapt to React, Vue and Svelte, and components for React 18.
 */
import {cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {generateJsxTypes} from '@wc-toolkit/jsx-types';
import {elementsOf, readManifest} from './elements.mjs';
import {within} from './project.mjs';

/** @typedef {import('./elements.mjs').Element} Element */

const TABLE = 'elements.d.ts';

/**
 * The manifest as the generator needs it: events by their types in `HTMLElementEventMap`, no property that can only be read,
 * and no attribute without a property, of which it would not know the type.
 */
function readManifestForTypes() {
  const manifest = readManifest();
  for (const element of elementsOf(manifest)) {
    element.events = (element.events ?? []).map((event) => ({
      ...event,
      type: {text: `HTMLElementEventMap['${event.name}']`},
    }));
    element.members = (element.members ?? []).filter(
      ({kind, readonly, description}) =>
        (kind === 'field' && !readonly) || (kind === 'method' && description),
    );
    element.attributes = (element.attributes ?? []).filter(({fieldName}) => fieldName);
    delete element.cssProperties;
  }
  return manifest;
}

/** @returns {string} The attributes that a phone passes to its client, by their types there. */
function phoneAttributes() {
  const phone = elementsOf(readManifest()).find(({tagName}) => tagName === 'sip-phone');
  const names = (phone?.attributes ?? []).filter(({fieldName}) => !fieldName).map(({name}) => `'${name}'`);
  return `Pick<SipClientElementProps, ${names.join(' | ')}>`;
}

/**
 * Keeps the imports, the properties of each element and the table of tags. What the generator adds does not fit: it declares
 * the tags for eight frameworks at once, which a project does not have, and its `ref` refuses React's.
 *
 * @param {string} text What the generator wrote.
 */
function tableOnly(text) {
  const blocks = text.match(
    /^(import type|export type (\w+ElementProps|CustomElements) =) \{[\s\S]*?^\}.*;\n/gm,
  );
  const table = (blocks ?? [])
    .join('\n')
    .replaceAll(/\s*&\s+BaseProps<\w+>\s*&\s+BaseEvents/g, '')
    // The properties of each element have these comments already.
    .replaceAll(/^ {3}\* ## (?:Attributes & Properties|Events)\n(?: {3}\*(?! ## |\/).*\n)*/gm, '')
    .replace(
      /(?<='?"?sip-phone"?'?: Partial<)\s*SipPhoneElementProps\s*(?=>)/,
      `SipPhoneElementProps & ${phoneAttributes()}`,
    );
  if (/\bany\b(?=[;>|\s]*(undefined)?;)/.test(table) || !table.includes(phoneAttributes()))
    throw new Error('The generator of the types writes something else now: see scripts/frameworks.mjs.');
  return table;
}

/** @param {string} event */
const camelCase = (event) => event.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** @param {string} name Of an element's class. */
const componentOf = (name) => name.replace(/Element$/, 'Component');

/** @param {readonly Element[]} elements */
const components = (elements) => `import React from 'react';
import {createComponent} from '@lit/react';
import {
${elements.map(({name}) => `  ${name},`).join('\n')}
} from '../index.js';

const component = (tagName, elementClass, displayName, events) =>
  createComponent({react: React, tagName, elementClass, displayName, events});

${elements
  .map(({name, tagName, events = []}) => {
    const names = events.map((event) => `${camelCase(`on-${event.name}`)}: '${event.name}'`).join(', ');
    const component = componentOf(name);
    return `export const ${component} = /* @__PURE__ */ component('${tagName}', ${name}, '${component}', {${names}});`;
  })
  .join('\n')}
`;

/** @param {readonly Element[]} elements */
const componentTypes = (
  elements,
) => `/** The elements as components, for React 18, which cannot set properties or listen to events of a tag. */
import type {ForwardRefExoticComponent} from 'react';
import type {CamelCaseEvents} from './event-names.js';
import type {SipElementProps, SipTag} from './react.js';

/** A component that renders a tag. */
export type SipComponent<Tag extends SipTag> = ForwardRefExoticComponent<
  CamelCaseEvents<Tag> & Omit<SipElementProps<Tag>, keyof CamelCaseEvents<Tag> | \`onsip-\${string}\`>
>;

${elements
  .map(({name, tagName}) => `export declare const ${componentOf(name)}: SipComponent<'${tagName}'>;`)
  .join('\n')}
`;

/** @param {string} folder Of the built package, relative to the project's root. */
export function writeFrameworks(folder) {
  const target = within(join(folder, 'frameworks'));
  mkdirSync(target);
  /** @type {Parameters<typeof generateJsxTypes>[0]} */
  const manifest = /** @type {any} */ (readManifestForTypes());
  generateJsxTypes(manifest, {
    outdir: target,
    fileName: TABLE,
    componentTypePath: () => '../index.js',
    excludeCssCustomProperties: true,
  });
  const table = join(target, TABLE);
  writeFileSync(table, tableOnly(readFileSync(table, 'utf8')));
  const types = within('src/frameworks');
  for (const file of readdirSync(types)) {
    cpSync(join(types, file), join(target, file));
    // A package's entry has a module, even if there are only types in it.
    writeFileSync(join(target, file.replace(/\.d\.ts$/, '.js')), 'export {};\n');
  }
  const elements = elementsOf(readManifest());
  writeFileSync(join(target, 'react-wrappers.js'), components(elements));
  writeFileSync(join(target, 'react-wrappers.d.ts'), componentTypes(elements));
}
