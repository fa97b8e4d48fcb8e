/** The page around the waiting room: shows the state of the call in the frame, and nothing else passes. */
import {connectPhone} from '/frame-host.js'; // with a bundler: 'sip-elements/frame-host'

const state = document.querySelector('#state');
const frame = document.querySelector('iframe');

// The origin of the frame; here the frame is of this one.
const phone = connectPhone(frame, {origin: location.origin});
phone.addEventListener('statechange', () => {
  const [call] = phone.state.calls;
  state.dataset.state = !call ? 'away' : call.phase === 'answered' ? 'talking' : 'waiting';
});
