import PinyinMatch from 'pinyin-match/es/main.js';

/** Whether Latin letters spell a part of a Chinese name: `lilei`, `ll` or `lei` for 李雷, also for other readings. */
export function spells(letters: string, name: string): boolean {
  return PinyinMatch.match(name, letters) !== false;
}
