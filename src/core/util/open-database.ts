/**
 * Opens an IndexedDB database in its first version.
 *
 * @param create - Creates its stores, once.
 * @param onGone - Called when the browser or another page has closed the connection.
 * @throws {DOMException} why the browser refuses
 */
export function openDatabase(
  name: string,
  create: (database: IDBDatabase) => void,
  onGone: () => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => create(request.result);
    request.onsuccess = () => {
      const {result} = request;
      result.onversionchange = () => {
        onGone();
        result.close();
      };
      result.onclose = onGone;
      resolve(result);
    };
    request.onerror = () => reject(request.error!);
  });
}
