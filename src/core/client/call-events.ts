import type {SipCall} from '../call/call.js';
import {isConference} from '../conference/is-conference.js';
import {isIntercom} from '../intercom/is-intercom.js';
import type {Tell} from './events.js';
import type {IntercomState} from '../intercom/intercom.js';
import type {CallPhase} from '../types.js';

/**
 * Dispatches the client's events for a call's changes until the call ends.
 *
 * @param onReleased - Called once, before the end of the call is reported.
 * @returns A function to call once the page knows the call: it reports an answer that came before, without ringing.
 */
export function followCall(call: SipCall, tell: Tell, onReleased: () => void): () => void {
  let {held, remoteHeld, remoteRecording, health, stalled, transfer} = call.state;
  let phase: CallPhase = call.state.phase;
  if (phase === 'answered') phase = 'init';
  let {direction} = call;
  let {floor, speaker} = floorOf(call);
  const ending = new AbortController();
  const onChange = (): void => {
    const {state} = call;
    if (call.direction !== direction) {
      direction = call.direction;
      tell('sip-call-created', {call});
    }
    if (state.held !== held) {
      held = state.held;
      tell('sip-call-hold', {call, held});
    }
    if (state.remoteHeld !== remoteHeld) {
      remoteHeld = state.remoteHeld;
      tell('sip-call-remote-hold', {call, held: remoteHeld});
    }
    if (state.remoteRecording !== remoteRecording) {
      remoteRecording = state.remoteRecording;
      tell('sip-call-remote-recording', {call, recording: remoteRecording});
    }
    if (state.health !== health) {
      health = state.health;
      tell('sip-call-health', {call, health});
    }
    if (state.stalled !== stalled) {
      stalled = state.stalled;
      tell('sip-call-stalled', {call, stalled});
    }
    if (state.transfer !== transfer) {
      transfer = state.transfer;
      if (transfer) tell('sip-transfer', {call, transfer});
    }
    const now = floorOf(call);
    if (isIntercom(call) && (now.floor !== floor || now.speaker !== speaker)) {
      ({floor, speaker} = now);
      tell('sip-floor', {intercom: call, floor: call.state.floor, speaker});
    }
    if (state.phase === phase) return;
    phase = state.phase;
    if (phase === 'released') {
      call.removeEventListener('statechange', onChange);
      ending.abort();
      onReleased();
    }
    tell('sip-call-state', {call, phase});
    if (phase === 'answered') tell('sip-call-answered', {call});
    if (phase === 'released')
      tell('sip-call-hangup', {call, cause: state.cause ?? {by: 'local', code: 'normal'}});
  };
  call.addEventListener('statechange', onChange);
  const {signal} = ending;
  const listen: SipCall['addEventListener'] = (type, listener) =>
    call.addEventListener(type, listener, {signal});
  listen('dtmf', ({detail}) => tell('sip-dtmf', {call, ...detail}));
  listen('mediarequest', (event) => passOn(event, tell('sip-media-request', {call, ...event.detail})));
  listen('transferrequest', (event) => passOn(event, tell('sip-transfer-request', {call, ...event.detail})));
  listen('recordingrequest', (event) =>
    passOn(event, tell('sip-recording-request', {call, ...event.detail})),
  );
  listen(
    'memberchange',
    ({detail}) => isConference(call) && tell('sip-member-change', {conference: call, ...detail}),
  );
  listen('quality', ({detail}) => tell('sip-call-quality', {call, quality: detail}));
  // The file may arrive after the call's end.
  call.addEventListener('recording', (event) =>
    passOn(event, tell('sip-recording', {call, ...event.detail})),
  );
  return onChange;
}

function floorOf(call: SipCall): Partial<Pick<IntercomState, 'floor' | 'speaker'>> {
  return isIntercom(call) ? call.state : {};
}

/** Prevents what follows an event of a call, if the page has prevented it for the client's. */
function passOn(event: Event, proceeds: boolean): void {
  if (!proceeds) event.preventDefault();
}
