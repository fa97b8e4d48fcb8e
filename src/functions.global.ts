/**
 * The documented functions for a classic script: `<script src="functions.global.js"></script>` defines `Client` and
 * `AllEnum`.
 */
import * as Client from './functions.js';

Object.assign(globalThis, {Client: Object.freeze({...Client}), AllEnum: Client.AllEnum});
