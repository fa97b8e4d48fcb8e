import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {released} from '../../scripts/changelog.mjs';

const HEAD = '# Changelog\n\n## [Unreleased]\n';

describe('the changelog of a release', () => {
  it('dates what was unreleased, and begins a new section above it', () => {
    assert.equal(
      released(`${HEAD}\n### Added\n\n- A\n`, '1.2.0', '2026-01-31'),
      `${HEAD}\n## 1.2.0\n\nReleased on 2026-01-31.\n\n### Added\n\n- A\n`,
    );
  });

  it('refuses a release of which it says nothing, and a version that it has', () => {
    assert.throws(() => released(HEAD, '1.2.0', '2026-01-31'), /says nothing/);
    assert.throws(
      () => released(`${HEAD}\n## 1.1.0\n\nReleased on 2025-01-31.\n`, '1.2.0', '2026-01-31'),
      /says nothing/,
    );
    assert.throws(() => released('# Changelog\n', '1.2.0', '2026-01-31'), /Unreleased/);
    assert.throws(
      () => released(`${HEAD}\n- B\n\n## 1.2.0\n\nReleased on 2025-01-31.\n`, '1.2.0', '2026-01-31'),
      /1\.2\.0 already/,
    );
  });
});
