/** What a recall loads when it begins. */
export {OpusPackets} from './opus-packets.js';
export {RecallStore} from './recall-store.js';
export {UtteranceCutter} from './utterance-cutter.js';
export {encodesOpus} from './utterance-encoder.js';
export {UtterancePlayer} from './utterance-player.js';
