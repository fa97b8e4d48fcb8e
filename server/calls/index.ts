import {API_HEADER} from '../../src/dispatch/protocol.js';
import type {ApiHandlers} from '../api/handlers.js';
import {Devices} from '../devices/index.js';
import {mediaAddresses, MediaServer} from '../media/index.js';
import {Lamps} from '../pbx/lamps.js';
import {Pbx} from '../pbx/pbx.js';
import type {ServerPart, ServerServices} from '../services.js';
import type {CallServices} from './call-services.js';
import {createCall, createCallPlayFile} from './create-call.js';
import {fileHandlers} from './file-requests.js';
import {forceEnd} from './force-end.js';
import {intercomHandlers} from '../intercom/intercom-requests.js';
import {memberHandlers} from '../conference/member-requests.js';
import {connectInvite} from './ordinary-call.js';
import {SessionEvents} from './session-events.js';
import {Sessions} from './sessions.js';
import {supervisionHandlers} from '../supervision/supervision-requests.js';

/** Registers the requests that create and end sessions, and handles the INVITEs that clients send to numbers. */
export function registerCallHandlers(
  handlers: ApiHandlers,
  services: ServerServices,
): ServerPart & {readonly sessions: Sessions} {
  const {hub, host} = services;
  const media = new MediaServer(mediaAddresses(host));
  const {users, log, echoTimeout} = services;
  const devices = new Devices({media, users, log, echoTimeout});
  hub.deviceOf = (number) => devices.bindingOf(number);
  const sessions = new Sessions(services.sessionsLimit);
  const events = new SessionEvents(services.events, hub);
  const pbx = new Pbx({
    users,
    bindings: (number) => hub.bindings(number),
    install: (number, device) => devices.install(number, device),
  });
  const calls: CallServices = {
    ...services,
    media,
    events,
    notices: services.events,
    sessions,
    pbx,
    legs: new Set(),
  };
  const lamps = new Lamps({
    hub,
    sessions,
    voicemail: pbx.voicemail,
    knows: (number) => users.get(number) !== undefined || pbx.isPlace(number),
  });
  handlers.set(API_HEADER.createCall, createCall(calls));
  handlers.set(API_HEADER.createCallPlayFile, createCallPlayFile(calls));
  handlers.set(API_HEADER.forceEnd, forceEnd(calls));
  for (const [header, handler] of [
    ...memberHandlers(calls),
    ...fileHandlers(calls),
    ...intercomHandlers(calls),
    ...supervisionHandlers(calls),
  ])
    handlers.set(header, handler);
  hub.onInvite = (connection, incoming) => connectInvite(calls, connection, incoming);
  return {
    sessions,
    async close() {
      hub.onInvite = (_, incoming) => incoming.reject(503);
      lamps.close();
      await sessions.end();
      await devices.close();
      await media.close();
      events.close();
    },
    stats: () => ({sessions: sessions.size, legs: media.size, invites: calls.legs.size}),
  };
}
