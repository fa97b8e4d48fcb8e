import type {BaseClient} from '../../core/client/client.js';
import {isRegistered} from '../shared/registration.js';
import type {SipChannelsElement} from '../sip-channels/sip-channels.js';
import type {SipMonitorElement} from '../sip-monitor/sip-monitor.js';

/** Elements of a desk whose use the next page continues. */
export interface UsedElements {
  readonly channels: readonly SipChannelsElement[];
  readonly walls: readonly SipMonitorElement[];
}

/** The selected groups of each `<sip-channels>`, and the cameras of each `<sip-monitor>`. */
interface Use {
  readonly groups: readonly string[];
  readonly walls: readonly {readonly numbers: string; readonly running: boolean}[];
}

/**
 * Which talk groups are selected and which cameras are watched at a desk. The next page of the same tab continues this, as it
 * continues the calls (`resume`), unless the user has signed out.
 */
export class DeskUse {
  #client: BaseClient | undefined;
  #key = '';
  #written = '';
  /** Whether the user has signed in at this page. */
  #begun = false;

  /** Continues what the page before has left, or keeps what is in use now. */
  follow(client: BaseClient | undefined, elements: UsedElements): void {
    if (!client?.options.resume) return;
    if (client !== this.#client) {
      const {user, domain} = client.options;
      this.#client = client;
      this.#key = `sip-elements:desk-use:${user}@${domain}`;
      this.#begun = false;
    }
    if (isRegistered(client)) {
      if (this.#begun) this.#write(useOf(elements));
      else restore(read(this.#key), elements);
      this.#begun = true;
    } else if (this.#begun && client.state.connection === 'disconnected') {
      this.#begun = false;
      this.#write(undefined);
    }
  }

  #write(use: Use | undefined): void {
    const text = use ? JSON.stringify(use) : '';
    if (text === this.#written) return;
    this.#written = text;
    try {
      // If there is no room, the next page begins anew.
      sessionStorage.removeItem(this.#key);
      if (text) sessionStorage.setItem(this.#key, text);
    } catch {
      // The page may not store anything.
    }
  }
}

function useOf({channels, walls}: UsedElements): Use {
  return {
    groups: channels.map(({selected}) => String(selected ?? '')),
    walls: walls.map(({numbers, running}) => ({numbers: String(numbers ?? ''), running: !!running})),
  };
}

function restore({groups, walls}: Use, elements: UsedElements): void {
  for (const [index, selected] of groups.entries()) {
    const channels = elements.channels[index];
    if (channels && typeof selected === 'string') channels.selected = selected;
  }
  for (const [index, {numbers, running}] of walls.entries()) {
    const wall = elements.walls[index];
    if (!wall || typeof numbers !== 'string' || !numbers || String(wall.numbers ?? '')) continue;
    wall.numbers = numbers;
    if (running)
      void customElements.whenDefined('sip-monitor').then(() =>
        // The tiles say what is missing.
        wall.start().catch(() => {}),
      );
  }
}

/** Reads what any script of the page may have written. */
function read(key: string): Use {
  try {
    const {groups, walls} = (JSON.parse(sessionStorage.getItem(key) ?? '{}') ?? {}) as {
      readonly groups?: unknown;
      readonly walls?: unknown;
    };
    return {
      groups: Array.isArray(groups) ? (groups as Use['groups']) : [],
      walls: Array.isArray(walls) ? (walls as Use['walls']).filter((wall: unknown) => wall !== null) : [],
    };
  } catch {
    return {groups: [], walls: []};
  }
}
