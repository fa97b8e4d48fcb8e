/** `<sip-check>`: before the check, while it runs, and with what it found. */
import type {Diagnosis} from '../../../src/core/diagnosis/diagnosis.js';
import {CHECK_STEPS, type CheckStep} from '../../../src/core/diagnosis/step.js';
import type {SipCheckElement} from '../../../src/elements/sip-check/sip-check.js';
import type {Scenes} from '../scene.js';
import {part, press, ready, show, shows} from '../stage.js';

/** What the steps found in a network that blocks UDP, with a silent microphone. */
const FOUND: Partial<Record<CheckStep['name'], Omit<CheckStep, 'name'>>> = {
  'secure-page': {verdict: 'passed', code: 'page-secure'},
  'microphone-permission': {verdict: 'passed', code: 'permission-given'},
  'camera-permission': {verdict: 'passed', code: 'permission-given'},
  microphone: {verdict: 'warning', code: 'microphone-silent'},
  camera: {verdict: 'passed', code: 'camera-works', values: {width: 1280, height: 720}},
  network: {verdict: 'passed', code: 'addresses-found'},
  server: {
    verdict: 'passed',
    code: 'server-reached',
    subject: 'sip.example.com/ws',
    values: {milliseconds: 42},
  },
  'sign-in': {verdict: 'failed', code: 'wrong-password'},
  stun: {verdict: 'warning', code: 'stun-silent', subject: 'stun:turn.example.com:3478'},
  'turn-udp': {verdict: 'failed', code: 'turn-silent', subject: 'turn:turn.example.com:3478'},
  'turn-tcp': {
    verdict: 'passed',
    code: 'turn-works',
    subject: 'turn:turn.example.com:3478',
    values: {milliseconds: 96},
  },
  'turn-tls': {verdict: 'skipped', code: 'no-turn-of-kind'},
  relay: {verdict: 'warning', code: 'udp-blocked'},
  call: {verdict: 'passed', code: 'media-returned', values: {kilobits: 48}},
  quality: {
    verdict: 'passed',
    code: 'quality-good',
    values: {mos: 4.38, roundTrip: 31, loss: 0.002, jitter: 4},
  },
  bandwidth: {verdict: 'passed', code: 'bandwidth-enough', values: {kilobits: 8_420}},
};

/** @param done - How many steps have ended. */
async function checked(done: number): Promise<SipCheckElement> {
  const on = await ready();
  const steps = CHECK_STEPS.map((name, index): CheckStep => {
    if (index < done) return {name, ...FOUND[name]!};
    return {name, verdict: index === done ? 'running' : 'waiting'};
  });
  const running = done < steps.length;
  const staged = Object.assign(new EventTarget(), {
    steps,
    state: {steps, running},
    finished: new Promise(() => {}),
    report: () => ({format: 'sip-elements-report', version: '0.1.0', steps}),
  });
  on.diagnose = async () => staged as unknown as Diagnosis;
  const element = await show('sip-check', on, {sends: true});
  await press(element, 'check');
  await shows(element, () => part(element, running ? 'progress' : 'report') !== null);
  return element;
}

export const checkScenes: Scenes = {
  'check-idle': {
    kept: [],
    async reach() {
      await show('sip-check', await ready());
    },
  },
  'check-running': {
    kept: [],
    async reach() {
      await checked(6);
    },
  },
  'check-found': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      await checked(CHECK_STEPS.length);
    },
  },
  'check-report': {
    kept: ['dark-ar-320'],
    async reach() {
      const element = await checked(CHECK_STEPS.length);
      part(element, 'report')!.querySelector('summary')!.click();
      await shows(element, () => part(element, 'text')!.textContent!.includes('format'));
    },
  },
};
