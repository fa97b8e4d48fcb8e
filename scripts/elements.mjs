/** Reads the elements from `custom-elements.json`. */
import {readFileSync} from 'node:fs';
import {within} from './project.mjs';

/**
 * @typedef {{name: string, description?: string, default?: string, type?: {text: string}}} Documented
 * @typedef {Documented & {fieldName?: string}} Attribute
 * @typedef {Documented & {kind: 'field' | 'method', readonly?: boolean, attribute?: string, return?: {type?: {text: string}},
 *   parameters?: (Documented & {optional?: boolean})[]}} Member
 *
 * @typedef {object} Element
 * @property {'class'} kind
 * @property {true} customElement
 * @property {string} name
 * @property {string} tagName
 * @property {string} description
 * @property {Attribute[]} [attributes]
 * @property {Member[]} [members]
 * @property {Documented[]} [events]
 * @property {Documented[]} [slots]
 * @property {Documented[]} [cssParts]
 * @property {Documented[]} [cssProperties]
 * @property {Documented[]} [cssStates]
 *
 * @typedef {{schemaVersion: string, modules: {kind: 'javascript-module', path: string, declarations: Element[]}[]}} Manifest
 */

/** @returns {Manifest} A new copy, which may be changed. */
export const readManifest = () => JSON.parse(readFileSync(within('custom-elements.json'), 'utf8'));

/** @param {Manifest} manifest */
export const elementsOf = ({modules}) => modules.flatMap(({declarations}) => declarations);
