/**
 * The single file: registers every tag and has everything public in it, for a `<script type="module">` in a page
 * without a build.
 */
import './define.js';

export * from './index.js';
