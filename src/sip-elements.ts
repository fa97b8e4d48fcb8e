/**
 * The single-file bundle: registers every tag and exports the whole public API, for a `<script type="module">` in a
 * page without a build step.
 */
import './beside-worker.js';
import './define.js';

export * from './index.js';
