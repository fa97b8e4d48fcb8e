import {isServer} from 'lit';

/** Whether the browser supports screen sharing; phone browsers do not. */
export function sharesScreens(): boolean {
  if (isServer) return false;
  const {mediaDevices} = navigator as {mediaDevices?: Partial<MediaDevices>};
  return typeof mediaDevices?.getDisplayMedia === 'function';
}
