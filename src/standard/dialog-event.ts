import type {PersonState} from '../core/directory/people.js';
import {childrenOf, isEntity, readXml, textOf, versionOf} from '../sip/xml.js';

/** The media type of the documents (RFC 4235 §4.1). */
export const DIALOG_INFO = 'application/dialog-info+xml';
const NAMESPACE = 'urn:ietf:params:xml:ns:dialog-info';
/** How many dialogs of one number are remembered. */
const MOST = 100;

/** The result of reading a document: applied, applied with earlier documents missing, or ignored. */
export type Reading = 'taken' | 'gap' | 'malformed' | 'outdated';

/** The state of a number's dialogs from one subscription (RFC 4235 §4.3): combines full and partial documents. */
export class DialogTable {
  readonly #number: string;
  readonly #dialogs = new Map<string, Element>();
  #version: number | undefined;

  constructor(number: string) {
    this.#number = number;
  }

  /** Whether the number is in a call or ringing; undefined before the first document. */
  get state(): PersonState | undefined {
    if (this.#version === undefined) return undefined;
    const states = this.dialogs.map(stateOf);
    return states.includes('busy') ? 'busy' : (states[0] ?? 'idle');
  }

  /** The elements of the dialogs that are not over. */
  get dialogs(): readonly Element[] {
    return [...this.#dialogs.values()];
  }

  read(text: string): Reading {
    const root = readXml(text, NAMESPACE, 'dialog-info');
    const next = root && versionOf(root);
    const scope = root?.getAttribute('state')?.trim();
    if (!root || next === undefined || (scope !== 'full' && scope !== 'partial')) return 'malformed';
    if (!isEntity(root.getAttribute('entity'), this.#number)) return 'malformed';
    const known = this.#version;
    if (known !== undefined && next <= known) return 'outdated';
    this.#version = next;
    if (scope === 'full') this.#dialogs.clear();
    for (const dialog of childrenOf(root, NAMESPACE, 'dialog')) this.#put(dialog);
    return scope === 'partial' && known !== undefined && next > known + 1 ? 'gap' : 'taken';
  }

  /** Clears the state for a new subscription. */
  clear(): void {
    this.#version = undefined;
    this.#dialogs.clear();
  }

  #put(dialog: Element): void {
    const id = dialog.getAttribute('id') ?? '';
    if (!stateOf(dialog)) this.#dialogs.delete(id);
    else if (this.#dialogs.size < MOST || this.#dialogs.has(id)) this.#dialogs.set(id, dialog);
  }
}

/** A caller is busy, a callee whose phone rings is not yet (RFC 4235 §3.7.1); undefined if the dialog is over. */
function stateOf(dialog: Element): PersonState | undefined {
  switch (textOf(childrenOf(dialog, NAMESPACE, 'state')[0])) {
    case 'confirmed':
      return 'busy';
    case 'trying':
    case 'proceeding':
    case 'early':
      return dialog.getAttribute('direction') === 'initiator' ? 'busy' : 'ringing';
    default:
      return undefined;
  }
}
