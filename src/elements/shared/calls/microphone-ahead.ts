import type {BaseClient} from '../../../core/client/client.js';

/** How long the microphone stays open after a press, until the call opens it itself. */
const CALL_AFTER_PRESS_MS = 200;

/** How long the microphone stays open if no event reports the end of the press. */
const LONGEST_PRESS_MS = 5_000;

/** What ends a press elsewhere than on its button. */
const ENDS = ['pointerup', 'pointercancel', 'dragend', 'blur', 'pagehide'] as const;

/**
 * Opens the microphone as soon as a button that calls is pressed down: a device takes about as long to open as a press
 * lasts. A press that ends elsewhere closes it. A touch opens none: it may be the beginning of a scroll.
 *
 * @param client - Returns the client that would call; undefined if a press places no call.
 * @param parts - The parts of these buttons.
 */
export function openMicrophoneAhead(
  host: HTMLElement,
  client: () => BaseClient | undefined,
  parts: readonly string[],
): void {
  host.addEventListener('pointerdown', (event) => {
    const {button: key, pointerId, pointerType} = event;
    const button = event.composedPath().find((node) => node instanceof HTMLButtonElement);
    if (!button || key !== 0 || pointerType === 'touch' || button.ariaDisabled === 'true') return;
    if (!parts.some((part) => button.part.contains(part))) return;
    const caller = client();
    if (!caller) return;
    const close = caller.devices.openAhead(caller.options.audio);
    const pressing = new AbortController();
    let timer = setTimeout(() => end(), LONGEST_PRESS_MS);
    const end = (delay = 0): void => {
      pressing.abort();
      clearTimeout(timer);
      timer = setTimeout(close, delay);
    };
    const onEnd = (event: Event): void => {
      if (event instanceof PointerEvent && event.pointerId !== pointerId) return;
      end(event.type === 'pointerup' && event.composedPath().includes(button) ? CALL_AFTER_PRESS_MS : 0);
    };
    for (const type of ENDS) addEventListener(type, onEnd, {capture: true, signal: pressing.signal});
  });
}
