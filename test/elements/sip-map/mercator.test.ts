import {expect} from '@open-wc/testing';
import {CRS, latLng} from 'leaflet/dist/leaflet-src.esm.js';
import {clustersOf} from '../../../src/elements/sip-map/clusters.js';
import type {PlacedPerson} from '../../../src/elements/sip-map/map-people.js';
import {isInside, metersPerPixel, pointAt, roundBelow} from '../../../src/elements/sip-map/mercator.js';
import {person} from '../../support/staged/staged-people.js';

const SHAPE = [
  {x: 0, y: 0},
  {x: 10, y: 0},
  {x: 10, y: 10},
  {x: 5, y: 3},
  {x: 0, y: 10},
];

describe('the geometry of a map', () => {
  it('is Web Mercator, whose square ends at 85 degrees', () => {
    expect(pointAt(0, 0)).to.deep.equal({x: 0.5, y: 0.5});
    expect(pointAt(0, -180).x).to.equal(0);
    expect(pointAt(90, 0).y).to.be.closeTo(0, 1e-9);
    expect(pointAt(-90, 0).y).to.be.closeTo(1, 1e-9);
    // The library that draws the tiles agrees.
    for (const [lat, lng] of [
      [29.9359, 121.6187],
      [-54.8, -68.3],
    ] as const) {
      const {x, y} = CRS.EPSG3857.latLngToPoint(latLng(lat, lng), 0);
      const found = pointAt(lat, lng);
      expect([found.x * 256, found.y * 256].map((value) => value.toFixed(6))).to.deep.equal(
        [x, y].map((value) => value.toFixed(6)),
      );
    }
  });

  it('has scales that are round', () => {
    expect(
      [1, 1.99, 2, 4.9, 5, 49, 0.3].map(roundBelow).map((value) => Number(value.toFixed(3))),
    ).to.deep.equal([1, 1, 2, 2, 5, 20, 0.2]);
    expect(metersPerPixel(0, 256)).to.be.closeTo(156_543, 1);
    expect(metersPerPixel(60, 256)).to.be.closeTo(78_271, 1);
  });

  it('knows what a lasso surrounds, also one with a notch', () => {
    expect(isInside({x: 5, y: 1}, SHAPE)).to.equal(true);
    expect(isInside({x: 5, y: 8}, SHAPE)).to.equal(false);
    expect(isInside({x: 1, y: 7}, SHAPE)).to.equal(true);
    expect(isInside({x: 11, y: 5}, SHAPE)).to.equal(false);
    expect(isInside({x: 1, y: 1}, [])).to.equal(false);
  });

  it('groups those who are near, loses nobody, and groups the same when the map moves', () => {
    const people = Array.from({length: 500}, (_, index): PlacedPerson => {
      const number = String(index);
      const [lat, lng] = [((index * 7919) % 997) / 99_700, ((index * 104_729) % 991) / 99_100];
      return {
        person: person(number, number, ''),
        position: {number, lat, lng, time: 0, raw: {}},
        at: pointAt(lat, lng),
      };
    });
    const at = (zoom: number, from = 0): string[] => {
      const size = 256 * 2 ** zoom;
      const placed = people.slice(from).map((one) => ({person: one, x: one.at.x * size, y: one.at.y * size}));
      const spots = clustersOf(placed, zoom);
      expect(spots.reduce((sum, spot) => sum + spot.people.length, 0)).to.equal(500 - from);
      return spots.map((spot) =>
        spot.people
          .map((one) => one.person.number)
          .sort()
          .join(),
      );
    };
    expect(at(10)).to.have.length.below(20);
    expect(at(16)).to.have.length.above(60);
    expect(at(22)).to.have.length(500);
    expect(at(12)).to.deep.equal(at(12));
  });
});
