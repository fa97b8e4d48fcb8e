import '../../locales/controls-en.js';
import type {TemplateResult} from 'lit';
import {pictureOf} from '../../core/call/call-photo.js';
import type {SipCall} from '../../core/call/call.js';
import {CallControlElement} from './call-control.js';
import {sendsVideo} from '../shared/calls/call-picture.js';
import {videoOffIcon} from '../shared/icons/controls.js';
import {videoIcon} from '../shared/icons.js';

/**
 * Turns the camera on or off. If the call sends no video yet, the button adds it, which the other side may refuse.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - There is no camera, or the other side does not accept video.
 * @slot icon - An icon instead of the element's own.
 * @slot icon-on - An icon instead of that of the pressed button.
 * @csspart button - The button.
 */
export class SipCameraButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    const {current: call, localize} = this;
    const sends = call !== undefined && hasCamera(call);
    const off = call?.state.cameraOff ?? false;
    const early = call !== undefined && call.media === 'video' && call.state.phase !== 'answered';
    const shows = (sends && !off) || early;
    return this.button({
      part: 'camera',
      name: localize.term(shows ? 'cameraOff' : 'cameraOn'),
      icon: shows ? videoIcon : videoOffIcon,
      pressed: sends && off,
      reason: this.notReady ?? (call?.state.sharing ? localize.term('sharingOn') : undefined),
      command: async (call) => {
        const {cameraOff} = call.state;
        if (hasCamera(call) && !cameraOff) await call.setCameraEnabled(false);
        else if (sendsVideo(call)) await call.setCameraEnabled(true);
        else await call.setMedia({video: true});
      },
    });
  }
}

/** Whether a camera, or black video in its place, belongs to the call, even if hold keeps it from being sent. */
function hasCamera(call: SipCall): boolean {
  return sendsVideo(call) || pictureOf(call, 'local') !== undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-camera-button': SipCameraButtonElement;
  }
}
