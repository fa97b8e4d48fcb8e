/** Keeps a database busy, as a page does that stands still amid a transaction; returns what ends that. */
export async function blockDatabase(name: string): Promise<() => void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
  });
  let isOver = false;
  const stores = [...database.objectStoreNames];
  const store = database.transaction(stores, 'readwrite').objectStore(stores[0]!);
  await new Promise<void>((begun) => {
    const spin = (): void => {
      begun();
      if (isOver) database.close();
      else store.count().onsuccess = spin;
    };
    spin();
  });
  return () => void (isOver = true);
}
