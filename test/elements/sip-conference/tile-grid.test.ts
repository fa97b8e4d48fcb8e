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

describe('the grid of tiles', () => {
  for (const [name, stage] of Object.entries(STAGES))
    it(`has no lonely last row with 1 to 64 tiles on the stage “${name}”`, () => {
      for (let count = 1; count <= 64; count += 1) {
        const columns = tileColumns(count, stage);
        const last = count % columns || columns;
        expect(2 * last, `${count} tiles in ${columns} columns`).to.be.at.least(columns);
        expect(columns).to.be.within(1, Math.min(count, MOST_COLUMNS));
      }
    });

  it('follows the shape of the stage', () => {
    const columns = (stage: string): number[] =>
      [1, 2, 3, 4, 7, 11, 13, 16].map((count) => tileColumns(count, STAGES[stage]!));
    expect(columns('usual')).to.deep.equal([1, 2, 2, 2, 4, 4, 5, 4]);
    expect(columns('tall')).to.deep.equal([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(columns('strip')).to.deep.equal([1, 2, 3, 4, 7, 6, 7, 8]);
  });

  it('puts as many tiles on a page as can be told apart', () => {
    const counts = Object.values(STAGES).map((stage) => tilesPerPage(stage));
    expect(counts).to.deep.equal([6, 16, 16, 16, 16, 15, 1]);
    expect(Object.values(STAGES).map(({width}) => tilesPerStrip(width))).to.deep.equal([3, 3, 4, 7, 8, 8, 1]);
  });
});
