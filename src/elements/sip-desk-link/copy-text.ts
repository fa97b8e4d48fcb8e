import {SipError} from '../../errors.js';

/**
 * Copies a text to the clipboard.
 *
 * @throws {SipError} `not-allowed` if the browser refuses
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (cause) {
    // Insecure pages have no clipboard, but may copy by a command.
    if (!copiedByCommand(text)) throw new SipError('not-allowed', {subject: 'clipboard', cause});
  }
}

function copiedByCommand(text: string): boolean {
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('copy', give, {capture: true, once: true});
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- There is no other way.
  const isCopied = document.execCommand('copy');
  removeEventListener('copy', give, {capture: true});
  return isCopied;
}
