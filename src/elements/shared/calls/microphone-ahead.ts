import type {SipDevices} from '../../../core/devices/devices.js';

/** How long the microphone stays open after a press that opens no other, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Opens the microphone as soon as a button that calls is pressed down: a device takes about as long to open as a press
 * lasts. A press that ends elsewhere closes it.
 *
 * @param parts - The parts of these buttons.
 */
export function openMicrophoneAhead(
  host: HTMLElement,
  devices: () => SipDevices | undefined,
  parts: readonly string[],
): void {
  host.addEventListener('pointerdown', (event) => {
    const button = event.composedPath().find((node) => node instanceof HTMLButtonElement);
    if (!button || event.button !== 0 || button.ariaDisabled === 'true') return;
    if (!parts.some((part) => button.part.contains(part))) return;
    const close = devices()?.openAhead();
    if (!close) return;
    const pressing = new AbortController();
    const end = (event: Event): void => {
      pressing.abort();
      if (event.type === 'pointerup' && event.composedPath().includes(button)) setTimeout(close, PATIENCE);
      else close();
    };
    for (const type of ['pointerup', 'pointercancel']) addEventListener(type, end, {signal: pressing.signal});
  });
}
