import {expect} from '@open-wc/testing';
import axe from 'axe-core';
import type {LitElement} from 'lit';
import '../../../src/define.js';
import {until} from './facts.js';

/** Returns the part with the name, the element's own or one that an inner element exports; null without one. */
export function part(element: Element, name: string): HTMLElement | null {
  const root = element.shadowRoot!;
  const own = root.querySelector<HTMLElement>(`[part~=${name}]`);
  if (own) return own;
  for (const inner of root.querySelectorAll('[exportparts]')) {
    for (const exported of inner.getAttribute('exportparts')!.split(',')) {
      const [from, to = from] = exported.split(':').map((given) => given.trim());
      const found = to === name && from && inner.shadowRoot && part(inner, from);
      if (found) return found;
    }
  }
  return null;
}

/** Every match of the selector in an element and in the elements that it is made of. */
export function deep<E extends Element = HTMLElement>(element: Element, selector: string): E[] {
  return rootsOf(element.shadowRoot!).flatMap((root) => [...root.querySelectorAll<E>(selector)]);
}

/** Returns the visible text of an element's parts, or of everything in it, inner elements included. */
export function textOf(element: Element, selector = '*'): string {
  return [...element.shadowRoot!.querySelectorAll<HTMLElement>(selector)]
    .map((found) => found.innerText + (selector === '*' && found.shadowRoot ? ` ${textOf(found)}` : ''))
    .join(' ')
    .replace(/\s+/g, ' ');
}

/** Presses the part with the name as soon as it exists. */
export async function press(element: Element, name: string): Promise<void> {
  await shows(element, () => part(element, name) !== null);
  part(element, name)!.click();
}

/** Resolves once the element is up to date, with the elements that it is made of, and the condition is true. */
export async function shows(element: Element, fact: () => boolean): Promise<void> {
  const settled = async (): Promise<boolean> => {
    await settles(element);
    return fact();
  };
  await until(settled, undefined, fact);
}

/** Resolves once the element has its inner elements, and all of them are up to date. */
export async function loads(element: Element): Promise<void> {
  await shows(element, () => !element.shadowRoot!.querySelector('.card[aria-busy]'));
}

async function settles(element: Element): Promise<void> {
  await (element as Partial<LitElement>).updateComplete;
  for (const inner of element.shadowRoot?.querySelectorAll('*') ?? [])
    if (inner.shadowRoot) await settles(inner);
}

/** Resolves with the next event of the type that reaches the target. */
export function next<K extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => target.addEventListener(type, resolve, {once: true}));
}

/** The root, and those of the elements inside it. */
function rootsOf(root: ShadowRoot): ShadowRoot[] {
  const inner = [...root.querySelectorAll('*')].flatMap(({shadowRoot}) => shadowRoot ?? []);
  return [root, ...inner.flatMap(rootsOf)];
}

/** Fails if axe finds a violation in the element, in the light or the dark theme. */
export async function isAccessible(element: Element): Promise<void> {
  const {style} = document.documentElement;
  try {
    for (const scheme of ['light', 'dark'] as const) {
      style.colorScheme = scheme;
      style.background = scheme === 'dark' ? '#0f1216' : '#f2f4f7';
      // A running color transition would be measured halfway.
      for (const root of rootsOf(element.shadowRoot!))
        for (const animation of root.getAnimations())
          if (animation instanceof CSSTransition) animation.finish();
      // A theme changes only colors.
      const rules = scheme === 'dark' ? {runOnly: ['color-contrast']} : {};
      const {violations} = await axe.run(element, {...rules, resultTypes: ['violations']});
      expect(violations.flatMap(sentences), `${scheme}: what axe finds`).to.deep.equal([]);
    }
    expect(element.shadowRoot!.querySelector('[style]'), 'a style attribute').to.equal(null);
    expect(element.hasAttribute('style'), 'a style attribute').to.equal(false);
  } finally {
    style.removeProperty('color-scheme');
    style.removeProperty('background');
  }
}

/** The messages of axe for each place that breaks a rule. */
const sentences = ({id, nodes}: axe.Result): string[] =>
  nodes.map(({target, failureSummary}) => `${id}: ${target.join(' ')}: ${failureSummary}`);
