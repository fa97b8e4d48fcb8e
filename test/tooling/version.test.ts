import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {VERSION} from '../../src/core/diagnosis/version.js';

describe('the version that reports name', () => {
  it('is that of the package', () => {
    const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.equal(VERSION, version);
  });
});
