/**
 * Returns what gives the address of a file of the folder that the page hosts for an effect.
 *
 * @param assets - The folder, on the origin of the page: what the page may load from elsewhere could change at any time.
 * @throws {TypeError} If it is elsewhere.
 */
export function filesOf(assets: string): (file: string) => URL {
  const folder = new URL(assets.replace(/\/?$/, '/'), document.baseURI);
  if (folder.origin !== location.origin)
    throw new TypeError(`The folder of an effect is on another origin than the page: ${folder.origin}.`);
  return (file) => new URL(file, folder);
}

/** Rejects when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(new DOMException('The device was closed.', 'AbortError'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, {once: true});
  });
}
