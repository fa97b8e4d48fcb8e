import {onwardKey} from './onward-key.js';

/** Moves among the tabs of a `tablist`, the event's `currentTarget`, and shows the one that it moves to (WAI-ARIA tabs). */
export function moveAmongTabs(event: KeyboardEvent): void {
  const tabs = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1}[onwardKey(event)];
  if (to === undefined) return;
  event.preventDefault();
  const tab = tabs.at(to % tabs.length)!;
  tab.focus();
  tab.click();
}
