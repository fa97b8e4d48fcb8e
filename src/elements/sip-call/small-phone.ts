import {ContextProvider} from '@lit/context';
import {css, type LitElement} from 'lit';
import {clientContext} from '../../context/client-context.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipCall} from '../../core/call/call.js';
import {propertiesOf, sheetFor, styleFor} from '../shared/styles/foreign-styles.js';

/** The options of a small phone. */
export interface SmallPhoneOptions {
  /** The element in the page, whose appearance the window adopts. */
  readonly host: LitElement;
  readonly localize: LocalizeController;
  readonly client: BaseClient;
  readonly call: SipCall;
}

/** The stage fills the window. */
const page = css`
  body {
    margin: 0;
  }
  sip-call::part(stage) {
    aspect-ratio: auto;
    block-size: 100vh;
    min-block-size: 0;
    max-block-size: none;
    border: 0;
    border-radius: 0;
  }
`;

/**
 * Shows one call in a separate window, in the appearance and language of the page; closes the window when the call
 * ends.
 */
export class SmallPhone {
  readonly #target: Window;
  readonly #options: SmallPhoneOptions;
  readonly #phone: HTMLElementTagNameMap['sip-call'];

  constructor(target: Window, options: SmallPhoneOptions) {
    this.#target = target;
    this.#options = options;
    const {client, call} = options;
    const place = document.createElement('div');
    new ContextProvider(place, {context: clientContext, initialValue: client});
    const phone = (this.#phone = document.createElement('sip-call'));
    Object.assign(phone, {sid: call.id, small: true, shortcuts: 'none'});
    // Events of the other document do not reach the page by themselves.
    phone.addEventListener('sip-photo', (event) => {
      if (!options.host.dispatchEvent(new CustomEvent(event.type, event))) event.preventDefault();
    });
    styleFor(target, phone);
    this.update();
    target.document.adoptedStyleSheets = [sheetFor(target, page)];
    place.append(phone);
    target.document.body.append(place);
    call.addEventListener('statechange', this.#onChange);
    this.#onChange();
  }

  /** Applies the page's language, colors and sizes. */
  update(): void {
    const {host, call, localize} = this.#options;
    const {document: own} = this.#target;
    const root = own.documentElement;
    const computed = getComputedStyle(host);
    const lang = localize.lang();
    if (root.lang !== lang) {
      root.lang = lang;
      this.#phone.requestUpdate();
    }
    root.dir = computed.direction;
    own.title = call.remote.name || call.remote.number;
    const {elementStyles} = host.constructor as typeof LitElement;
    for (const name of propertiesOf(elementStyles)) {
      const value = computed.getPropertyValue(name);
      if (value) root.style.setProperty(name, value);
      else root.style.removeProperty(name);
    }
    root.style.colorScheme = computed.colorScheme;
    root.style.fontSize = getComputedStyle(document.documentElement).fontSize;
  }

  /** Stops showing the call; the call continues. */
  end(): void {
    this.#options.call.removeEventListener('statechange', this.#onChange);
    this.#phone.remove();
  }

  readonly #onChange = (): void => {
    if (this.#options.call.state.phase === 'released') this.#target.close();
  };
}
