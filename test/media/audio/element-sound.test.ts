import {expect} from '@open-wc/testing';
import {ElementSound} from '../../../src/media/audio/element-sound.js';
import {until} from '../../support/in-page/facts.js';

describe('the sound of an element', () => {
  it('leaves the volume of the element alone as long as nothing changes its gain', () => {
    const element = new Audio();
    element.volume = 0.7;
    const sound = new ElementSound(element);
    sound.setGain(1, false);
    expect(element.volume).to.equal(0.7);
    element.volume = 0.3;
    expect(sound.volume).to.equal(0.3);
    sound.end();
    expect(element.volume).to.equal(0.3);
  });

  it('multiplies the volume of the element by its gain, and gives it back', () => {
    const element = new Audio();
    element.volume = 0.8;
    const sound = new ElementSound(element);
    sound.setGain(0.5, false);
    expect(element.volume).to.be.closeTo(0.4, 1e-6);
    expect(sound.volume).to.equal(0.8);
    sound.volume = 0.6;
    expect(element.volume).to.be.closeTo(0.3, 1e-6);
    sound.end();
    expect(element.volume).to.be.closeTo(0.6, 1e-6);
  });

  it('takes what the page sets meanwhile for the volume of the element', () => {
    const element = new Audio();
    const sound = new ElementSound(element);
    sound.setGain(0.5, false);
    element.volume = 0.25;
    sound.setGain(1, false);
    expect(element.volume).to.be.closeTo(0.5, 1e-6);
  });

  it('moves by small steps, within a moment, so that no click is heard', async () => {
    const element = new Audio();
    const volumes = [element.volume];
    element.addEventListener('volumechange', () => volumes.push(element.volume));
    const sound = new ElementSound(element);
    const begun = performance.now();
    sound.setGain(0.25, true);
    await until(() => element.volume === 0.25);
    expect(performance.now() - begun).to.be.greaterThan(40);
    await until(() => volumes.at(-1) === 0.25);
    expect(volumes.length).to.be.greaterThan(3);
    for (const [index, volume] of volumes.slice(1).entries()) expect(volume).to.be.at.most(volumes[index]!);
    sound.setGain(1, true);
    sound.end();
    expect(element.volume).to.equal(1);
  });

  it('gives the volume of the element back when another sound takes the element', () => {
    const element = new Audio();
    element.volume = 0.8;
    const before = new ElementSound(element);
    before.setGain(0, false);
    const now = new ElementSound(element);
    now.setGain(1, false);
    expect(element.volume).to.be.closeTo(0.8, 1e-6);
    now.setGain(0.5, false);
    before.end();
    expect(element.volume).to.be.closeTo(0.4, 1e-6);
  });

  it('mutes an element that must be silent if its volume cannot be changed', () => {
    const element = new Audio();
    Object.defineProperty(element, 'volume', {get: () => 1, set: () => {}});
    const sound = new ElementSound(element);
    sound.setGain(0.5, false);
    expect(element.muted).to.equal(false);
    sound.setGain(0, false);
    expect(element.muted).to.equal(true);
    sound.setGain(0.5, false);
    expect(element.muted).to.equal(false);
    sound.setGain(0, false);
    sound.end();
    expect(element.muted).to.equal(false);
    element.muted = true;
    sound.setGain(0, false);
    sound.end();
    expect(element.muted).to.equal(true);
  });
});
