import {onwardKey} from '../shared/onward-key.js';
import {isTyping} from '../shared/shortcuts.js';

/** Moves between tiles: arrows by position, Home and End to the first and the last. */
export function onTileKey(event: KeyboardEvent): void {
  const {target, currentTarget, altKey, ctrlKey, metaKey} = event;
  // A slider of a tile needs the arrows itself.
  if (altKey || ctrlKey || metaKey || isTyping(event.composedPath()[0])) return;
  const tiles = [...(currentTarget as Element).querySelectorAll<HTMLElement>('sip-monitor-tile')];
  const at = tiles.findIndex((tile) => tile.contains(target as Node));
  const next = tiles[placeAfter(onwardKey(event), at, tiles)];
  if (!next || next === tiles[at]) return;
  event.preventDefault();
  next.focus();
}

function placeAfter(key: string, at: number, tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop;
  const columns = tiles.filter(({offsetTop}) => offsetTop === top).length;
  switch (key) {
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowRight':
      return at + 1;
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
