import PinyinMatch from 'pinyin-match/es/main.js';

/** The most letters that are read as pinyin: more can be read in ever more ways, each of which takes time. */
const MOST_LETTERS = 24;

/** Whether Latin letters spell a part of a Chinese name: `lilei`, `ll` or `lei` for 李雷, also for other readings. */
export function spells(letters: string, name: string): boolean {
  return letters.length <= MOST_LETTERS && PinyinMatch.match(name, letters) !== false;
}
