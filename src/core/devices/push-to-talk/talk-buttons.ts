import {readStored, writeStored} from '../../util/stored.js';

/** A button that speaks to a group, or to the selected groups, while it is pressed. */
export interface TalkButton {
  /** The number of the group; empty for the selection. */
  readonly target: string;
  /** The model of the device, by which its source knows it. */
  readonly model: string;
  /**
   * The button, as its source names it: it ends with the number of the button, from 0 on. What is before a slash is the
   * field of the report that it shares with others.
   */
  readonly button: string;
  /** The name of the device. */
  readonly name: string;
}

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

/** Reads the buttons of a `localStorage` key, which any script of the page may have written. */
export function readButtons(key: string): readonly TalkButton[] {
  const {buttons} = readStored(key, VERSION) ?? {};
  return Array.isArray(buttons) ? buttons.filter(isButton) : [];
}

/** Stores the buttons; returns whether the page may use storage. Otherwise they last as long as the page. */
export function writeButtons(key: string, buttons: readonly TalkButton[]): boolean {
  return writeStored(key, VERSION, buttons.length ? {buttons} : undefined);
}

function isButton(value: unknown): value is TalkButton {
  const {target, model, button, name} = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [target, model, button, name].every((part) => typeof part === 'string');
}
