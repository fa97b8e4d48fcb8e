import {fixture, html} from '@open-wc/testing';
import type {LitElement} from 'lit';
import {part, shows} from '../in-page/elements.js';
import {StagedClient, type Staged} from './staged-client.js';

/** The tags whose elements render with Lit. */
type Tag = {
  [K in keyof HTMLElementTagNameMap]: HTMLElementTagNameMap[K] extends LitElement ? K : never;
}[keyof HTMLElementTagNameMap];

/** A control of one call in a staged client, both created for each test of the `describe` that calls this. */
export function stagedControl<K extends Tag>(tag: K) {
  let client: StagedClient;
  let element: HTMLElementTagNameMap[K];

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}></sip-client>`);
    element = document.createElement(tag);
    root.append(element);
    await (element as LitElement).updateComplete;
  });

  const button = (): HTMLElement => part(element, 'button')!;
  const disabled = (): boolean => button().getAttribute('aria-disabled') === 'true';
  return {
    get client() {
      return client;
    },
    get element() {
      return element;
    },
    /** A test that creates another call continues with that one. */
    set element(other) {
      element = other;
    },
    button,
    disabled,
    /** The name of its button: what pressing it does. */
    name: (): string | null => button().getAttribute('aria-label'),
    /** An answered call, once the control can be used. */
    async answered(media: 'audio' | 'video' = 'audio'): Promise<Staged> {
      const staged = client.dial(media);
      staged.dialog.confirm(media === 'video');
      await shows(element, () => !disabled());
      return staged;
    },
  };
}
