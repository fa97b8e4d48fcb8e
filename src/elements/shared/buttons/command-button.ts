import {html, nothing, type TemplateResult} from 'lit';

/** The attributes of a button, other than its name. */
export interface CommandButtonOptions {
  readonly part?: string;
  /** Its classes. */
  readonly look: string;
  /** The tooltip, if it is not the name. */
  readonly tip?: string | typeof nothing;
  /** Whether a toggle button is pressed; undefined for other buttons. */
  readonly pressed?: boolean | undefined;
  /** Whether it can do nothing now; it keeps the focus. */
  readonly disabled?: boolean;
  /** Whether its command has not ended. */
  readonly busy?: boolean;
  /** Called when it is pressed down, before the click. */
  readonly onDown?: (() => void) | undefined;
}

/**
 * Renders a button that runs a command.
 *
 * @param name - Its accessible name and tooltip; undefined for a button whose words are its name.
 * @param content - Its icon, its words, or both.
 */
export function commandButton(
  name: string | undefined,
  content: unknown,
  onClick: () => void,
  {part, look, tip = name ?? nothing, pressed, disabled = false, busy = false, onDown}: CommandButtonOptions,
): TemplateResult {
  return html`<button
    part=${part ?? nothing}
    class=${look}
    type="button"
    aria-label=${name ?? nothing}
    title=${tip}
    aria-pressed=${pressed === undefined ? nothing : pressed ? 'true' : 'false'}
    aria-disabled=${disabled ? 'true' : nothing}
    aria-busy=${busy ? 'true' : nothing}
    @pointerdown=${onDown ?? nothing}
    @click=${onClick}
  >
    ${content}
  </button>`;
}
