/** Moves between tiles: arrows by position, Home and End to the first and the last. */
export function onTileKey(event: KeyboardEvent): void {
  const {key, target, currentTarget, altKey, ctrlKey, metaKey} = event;
  if (altKey || ctrlKey || metaKey) return;
  const tiles = [...(currentTarget as Element).querySelectorAll<HTMLElement>('sip-monitor-tile')];
  const at = tiles.findIndex((tile) => tile.contains(target as Node));
  const next = tiles[placeAfter(key, at, tiles)];
  if (!next || next === tiles[at]) return;
  event.preventDefault();
  next.focus();
}

function placeAfter(key: string, at: number, tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop;
  const columns = tiles.filter(({offsetTop}) => offsetTop === top).length;
  const back = document.dir === 'rtl' ? 1 : -1;
  switch (key) {
    case 'ArrowLeft':
      return at + back;
    case 'ArrowRight':
      return at - back;
    case 'ArrowUp':
      return at - columns;
    case 'ArrowDown':
      return at + columns;
    case 'Home':
      return 0;
    case 'End':
      return tiles.length - 1;
    default:
      return at;
  }
}
