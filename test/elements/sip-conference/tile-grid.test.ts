import {expect} from '@open-wc/testing';
import {
  MOST_COLUMNS,
  tileColumns,
  tilesPerPage,
  tilesPerStrip,
  type Size,
} from '../../../src/elements/sip-conference/stage/tile-grid.js';

const STAGES: Readonly<Record<string, Size>> = {
  phone: {width: 270, height: 170},
  tall: {width: 270, height: 500},
  square: {width: 400, height: 400},
  usual: {width: 700, height: 320},
  large: {width: 1400, height: 700},
  strip: {width: 1400, height: 90},
  nothing: {width: 0, height: 0},
};

/** Whether the last row is at least half full. */
const isFull = (count: number, columns: number): boolean => 2 * (count % columns || columns) >= columns;

/** Whether the tiles are large enough. */
function fits(count: number, columns: number, {width, height}: Size): boolean {
  const rows = Math.ceil(count / columns);
  return (width + 8) / columns >= 84 + 8 && (height + 8) / rows >= 60 + 8;
}

describe('the grid of tiles', () => {
  for (const [name, stage] of Object.entries(STAGES))
    it(`has tiles that are large enough, then no lonely last row, with 1 to 64 on the stage “${name}”`, () => {
      for (let count = 1; count <= 64; count += 1) {
        const columns = tileColumns(count, stage);
        const all = Array.from({length: Math.min(count, MOST_COLUMNS)}, (_, index) => index + 1);
        const large = all.filter((each) => fits(count, each, stage));
        const best = large.length ? large : all;
        const full = best.filter((each) => isFull(count, each));
        expect(full.length ? full : best, `${count} tiles`).to.include(columns);
      }
    });

  it('follows the shape of the stage', () => {
    const columns = (stage: string): number[] =>
      [1, 2, 3, 4, 7, 11, 13, 16].map((count) => tileColumns(count, STAGES[stage]!));
    expect(columns('usual')).to.deep.equal([1, 2, 2, 2, 4, 4, 5, 4]);
    expect(columns('tall')).to.deep.equal([1, 1, 1, 1, 2, 2, 2, 3]);
    expect(tileColumns(7, {width: 270, height: 196})).to.equal(3);
    // One below the other, three would be so wide that they cut off heads.
    expect(tileColumns(3, {width: 338, height: 319})).to.equal(2);
    expect(columns('strip')).to.deep.equal([1, 2, 3, 4, 7, 6, 7, 8]);
  });

  it('puts as many tiles on a page as can be told apart', () => {
    const counts = Object.values(STAGES).map((stage) => tilesPerPage(stage));
    expect(counts).to.deep.equal([6, 16, 16, 16, 16, 15, 1]);
    expect(Object.values(STAGES).map(({width}) => tilesPerStrip(width))).to.deep.equal([3, 3, 4, 7, 8, 8, 1]);
  });
});
